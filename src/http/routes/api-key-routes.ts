import type { OpenAPIHono } from "@hono/zod-openapi";
import { asPage } from "../../db/reads/cursor.ts";
import { hashSecret, randomSecret } from "../../platform/secret.ts";
import type { AppEnv } from "../app-env.ts";
import { defineRoute, json, jsonBody } from "../define-route.ts";
import { textCursor } from "../page-cursor.ts";
import { Problem } from "../problem.ts";
import { apiKeySchema, newApiKeySchema, shownApiKeySchema } from "../schemas/access.ts";
import { orgParam, pageOf, pageQuery, textParam } from "../schemas/common.ts";

const tags: [string] = ["API keys"];
const path = "/v1/orgs/{org}/api-keys";

const create = defineRoute(
  "admin",
  {
    method: "post",
    path,
    tags,
    summary: "Create a key; it is shown once",
    request: { params: orgParam, body: jsonBody(newApiKeySchema) },
  },
  { 201: json(shownApiKeySchema, "The key") },
);
const list = defineRoute(
  "admin",
  { method: "get", path, tags, summary: "The org's keys", request: { params: orgParam, query: pageQuery } },
  { 200: json(pageOf(apiKeySchema), "Keys, without their text") },
);
const remove = defineRoute(
  "admin",
  {
    method: "delete",
    path: `${path}/{id}`,
    tags,
    summary: "Revoke a key",
    request: { params: textParam("id", "8b0f") },
  },
  { 204: { description: "It opens nothing any more" } },
);

export function registerApiKeyRoutes(app: OpenAPIHono<AppEnv>): void {
  app.openapi(create, async (c) => {
    const { services } = c.var;
    const key = `mcs_${randomSecret()}`;
    const given = { id: crypto.randomUUID(), ...c.req.valid("json"), created_at: services.sync.now().toISOString() };
    await services.apiKeys.add({ ...given, org: c.req.valid("param").org }, await hashSecret(key));
    return c.json({ ...given, last_used_at: null, key }, 201);
  });
  app.openapi(list, async (c) => {
    const { limit, cursor } = c.req.valid("query");
    const rows = await c.var.services.apiKeys.list(c.req.valid("param").org, {
      limit: limit + 1,
      after: textCursor(cursor),
    });
    const keys = rows.map(({ org: _, ...key }) => key);
    return c.json(
      asPage(keys, limit, (key) => key.id),
      200,
    );
  });
  app.openapi(remove, async (c) => {
    const { org, id } = c.req.valid("param");
    if (!(await c.var.services.apiKeys.remove(org, id))) throw new Problem(404, "not_found", "There is no such key.");
    return c.body(null, 204);
  });
}
