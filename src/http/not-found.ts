import type { OpenAPIHono } from "@hono/zod-openapi";
import type { Context } from "hono";
import type { AppEnv } from "./app-env.ts";
import { problem } from "./problem.ts";

/** What no route answers: an address that exists is told which methods it has (405), any other is not found (404). */
export function notFoundHandler(app: OpenAPIHono<AppEnv>): (c: Context<AppEnv>) => Response {
  let known: { method: string; pattern: RegExp }[] | null = null;
  return (c) => {
    known ??= routesOf(app); // once all of them are registered
    const methods = known.filter(({ pattern }) => pattern.test(c.req.path)).map(({ method }) => method);
    if (methods.length === 0) return problem(c, 404, "not_found", "There is no such address.");
    return methodNotAllowed(c, methods, "method_not_allowed", `${c.req.method} is no method of this address.`);
  };
}

/** A 405, with the methods that there are. */
export function methodNotAllowed(c: Context, methods: string[], code: string, detail: string): Response {
  const response = problem(c, 405, code, detail);
  const allowed = new Set(methods.flatMap((method) => (method === "GET" ? ["GET", "HEAD"] : [method])));
  response.headers.set("allow", [...allowed].sort().join(", "));
  return response;
}

/** Routes with a method of their own: neither middleware nor catch-alls. */
function routesOf(app: OpenAPIHono<AppEnv>): { method: string; pattern: RegExp }[] {
  return app.routes
    .filter(({ method, path }) => method !== "ALL" && !path.includes("*"))
    .map(({ method, path }) => ({ method, pattern: new RegExp(`^${path.replace(/:\w+(\{[^}]*\})?/g, "[^/]+")}$`) }));
}
