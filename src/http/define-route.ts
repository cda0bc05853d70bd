import { createRoute, type RouteConfig, z } from "@hono/zod-openapi";
import type { MiddlewareHandler } from "hono";
import type { ApiKeyScope } from "../db/stores/api-key-store.ts";
import type { AppEnv } from "./app-env.ts";
import { requireAdmin, requireScope } from "./middleware/authenticate.ts";
import { idempotent } from "./middleware/idempotency.ts";
import { problemSchema } from "./schemas/common.ts";

/** Who may use a route. */
export type Access = "nobody asked" | "admin key" | ApiKeyScope;

const problemContent = { "application/problem+json": { schema: problemSchema } };

const PROBLEMS: Record<string, string> = {
  400: "Unreadable parameters, query or JSON",
  401: "No key, or an unknown one",
  403: "A key without the scope",
  404: "There is no such thing, or it is another org's",
  422: "A body that does not hold, with the places",
  503: "Configuration, database or MyCase not available",
};

type RouteSpec = Omit<RouteConfig, "responses" | "middleware" | "security"> & { tags: [string]; summary: string };

/** A JSON answer. */
export function json<S extends z.ZodType>(schema: S, description: string) {
  return { description, content: { "application/json": { schema } } };
}

/** A JSON body that must be there. */
export function jsonBody<S extends z.ZodType>(schema: S) {
  return { required: true, content: { "application/json": { schema } } };
}

/** A route of the API: its access is enforced and documented by the same word. */
export function defineRoute<const G extends RouteSpec, const R extends RouteConfig["responses"]>(
  access: Access,
  given: G,
  responses: R,
) {
  const middleware: MiddlewareHandler<AppEnv>[] =
    access === "nobody asked" ? [] : [access === "admin key" ? requireAdmin : requireScope(access), idempotent];
  const refusals = access === "nobody asked" ? ["400", "503"] : Object.keys(PROBLEMS);
  const problems = Object.fromEntries(
    refusals.map((status) => [status, { description: PROBLEMS[status] ?? "", content: problemContent }]),
  );
  return createRoute({
    ...given,
    description: [
      ("description" in given && given.description) || "",
      access === "nobody asked" ? "" : `Access: ${access}.`,
    ]
      .join(" ")
      .trim(),
    middleware,
    security: access === "nobody asked" ? [] : [{ key: [] }],
    responses: { ...problems, ...responses } as R,
  } as G & { responses: R; middleware: MiddlewareHandler<AppEnv>[] });
}

export { z };
