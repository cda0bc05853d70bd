import { createMiddleware } from "hono/factory";
import { describeProblems } from "../../config.ts";
import { servicesFor } from "../../services.ts";
import type { AppEnv } from "../app-env.ts";
import { Problem } from "../problems/problem.ts";

/** Gives every handler the isolate's services; a problem that names what is missing or malformed in the configuration. */
export const withServices = createMiddleware<AppEnv>(async (c, next) => {
  const services = servicesFor(c.env);
  if (!services.ok) {
    throw new Problem(503, "configuration", describeProblems(services.failure), { missing: services.failure });
  }
  c.set("services", services.value);
  await next();
});
