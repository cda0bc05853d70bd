import { createMiddleware } from "hono/factory";
import { routePath } from "hono/route";
import { log } from "../../platform/log.ts";
import type { AppEnv } from "../app-env.ts";

/** Logs one line per request, with the route and never the path, which may hold a secret. */
export const requestLog = createMiddleware<AppEnv>(async (c, next) => {
  const started = Date.now();
  await next();
  log("info", "http.request", {
    request_id: c.var.requestId,
    method: c.req.method,
    route: routePath(c, -1),
    org: c.req.param("org") ?? null,
    principal: c.var.principal?.id ?? null,
    status: c.res.status,
    ms: Date.now() - started,
  });
});
