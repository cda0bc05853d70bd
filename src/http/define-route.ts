import { createRoute, type RouteConfig, z } from "@hono/zod-openapi";
import type { MiddlewareHandler } from "hono";
import { etag } from "hono/etag";
import type { ApiKeyScope } from "../db/stores/api-key-store.ts";
import type { AppEnv } from "./app-env.ts";
import { requireAdmin, requireScope } from "./middleware/authenticate.ts";
import { idempotent } from "./middleware/idempotency.ts";
import type { Tag } from "./reference/tags.ts";
import { problemSchema } from "./schemas/problem.ts";

/** Who may call a route: anyone, the admin key, or a key of the org with the scope. */
export type Access = "public" | "admin_key" | ApiKeyScope;

const problemContent = { "application/problem+json": { schema: problemSchema } };

const PROBLEMS: Record<string, string> = {
  400: "Unreadable parameters, query or JSON",
  401: "Missing, unknown or revoked key",
  403: "A key without the scope",
  404: "Not found, or owned by another org",
  409: "Conflict with the current state; see `code`",
  413: "Body over 1 MiB",
  415: "Not JSON",
  422: "Invalid body, with the places",
  429: "Too many failed attempts from this address",
  502: "MyCase answered in a form that cannot be used",
  503: "Configuration, database or MyCase unavailable",
};

/** Unknown query parameters are refused: a misspelt filter must not be taken for none. */
const NO_QUERY = z.strictObject({});

const BODY_PROBLEMS = ["413", "415", "422"];

interface RouteSpec extends Omit<RouteConfig, "responses" | "middleware" | "security" | "tags"> {
  operationId: string;
  tags: [Tag];
  summary: string;
  /** A single resource: carries an `ETag`, and answers 304 to the `If-None-Match` that has it. */
  etag?: true;
}

/** A JSON answer. */
export function json<S extends z.ZodType>(schema: S, description: string) {
  return { description, content: { "application/json": { schema } } };
}

/** A JSON body that must be there. */
export function jsonBody<S extends z.ZodType>(schema: S) {
  return { required: true, content: { "application/json": { schema } } };
}

/** An answer that is a problem. */
export function problemAnswer(description: string) {
  return { description, content: problemContent };
}

/** A header of an answer that says where the new resource is. */
export const location = z.object({
  location: z.string().openapi({ description: "Path of the resource" }),
});

/** A route of the API: its access is enforced and documented by the same word. */
export function defineRoute<const G extends RouteSpec, const R extends RouteConfig["responses"]>(
  access: Access,
  spec: G,
  responses: R,
) {
  const documented = withoutEtag(spec);
  const refusals = access === "public" ? ["400", "503"] : refusalsOf(spec.method);
  const problems = Object.fromEntries(refusals.map((status) => [status, problemAnswer(PROBLEMS[status] ?? "")]));
  return createRoute({
    ...documented,
    ...(access === "public" ? {} : { request: { query: NO_QUERY, ...spec.request } }),
    description: [spec.description, access === "public" ? undefined : `Access: \`${access}\`.`]
      .filter((part) => part !== undefined)
      .join(" "),
    middleware: [...guards(access), ...(spec.etag ? [etag()] : [])],
    security: access === "public" ? [] : [{ key: [] }],
    responses: { ...problems, ...(spec.etag ? { 304: { description: "Not modified" } } : {}), ...responses } as R,
  } as G & { responses: R; middleware: MiddlewareHandler<AppEnv>[] });
}

function refusalsOf(method: RouteConfig["method"]): string[] {
  return Object.keys(PROBLEMS).filter((status) => method !== "get" || !BODY_PROBLEMS.includes(status));
}

/** `etag` is ours, and no part of the document. */
function withoutEtag<G extends RouteSpec>(spec: G): G {
  const documented = { ...spec };
  delete documented.etag;
  return documented;
}

function guards(access: Access): MiddlewareHandler<AppEnv>[] {
  if (access === "public") return [];
  return [access === "admin_key" ? requireAdmin : requireScope(access), idempotent];
}

export { z };
