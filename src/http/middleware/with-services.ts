import { createMiddleware } from "hono/factory";
import { describeProblems, type Env, readConfig } from "../../config.ts";
import { createServices, type Services } from "../../services.ts";
import type { AppEnv } from "../app-env.ts";
import { Problem } from "../problem.ts";

const known = new WeakMap<object, Services>();

/** The services of an environment, made once; a problem that names what is missing or malformed. */
export function servicesFor(env: Env): Services {
  const made = known.get(env);
  if (made) return made;
  const config = readConfig(env);
  if (!config.ok)
    throw new Problem(503, "configuration", describeProblems(config.failure), { missing: config.failure });
  const services = createServices(env, config.value);
  known.set(env, services);
  return services;
}

export const withServices = createMiddleware<AppEnv>(async (c, next) => {
  c.set("services", servicesFor(c.env));
  await next();
});
