import type { OpenAPIHono } from "@hono/zod-openapi";
import { asPage } from "../../db/reads/cursor.ts";
import type { AppEnv } from "../app-env.ts";
import { createApiKey } from "../create-api-key.ts";
import { defineRoute, json, jsonBody } from "../define-route.ts";
import { pageIn, textCursor } from "../page-cursor.ts";
import { notFound } from "../problems/not-found.ts";
import { apiKeySchema, newApiKeySchema, shownApiKeySchema } from "../schemas/api-key.ts";
import { pageOf } from "../schemas/page.ts";
import { orgParam, pageQuery, textParam } from "../schemas/request.ts";

const PATH = "/v1/orgs/{org}/api-keys";

export function registerApiKeyRoutes(app: OpenAPIHono<AppEnv>): void {
  app.openapi(
    defineRoute(
      "admin",
      {
        method: "post",
        path: PATH,
        operationId: "createApiKey",
        tags: ["API keys"],
        summary: "Create a key, which is shown once",
        request: { params: orgParam, body: jsonBody(newApiKeySchema) },
      },
      { 201: json(shownApiKeySchema, "The key") },
    ),
    async (c) => {
      return c.json(await createApiKey(c.var.services, c.req.valid("param").org, c.req.valid("json")), 201);
    },
  );

  app.openapi(
    defineRoute(
      "admin",
      {
        method: "get",
        path: PATH,
        operationId: "listApiKeys",
        tags: ["API keys"],
        summary: "List the org's keys",
        request: { params: orgParam, query: pageQuery },
      },
      { 200: json(pageOf(apiKeySchema), "Keys, without their text") },
    ),
    async (c) => {
      const { limit, cursor } = c.req.valid("query");
      const after = textCursor("api-keys", cursor);
      const rows = await c.var.services.apiKeys.list(c.req.valid("param").org, { limit: limit + 1, after });
      const keys = rows.map(({ org: _, ...key }) => key);
      const page = asPage(keys, limit, (key) => key.id);
      return c.json(pageIn("api-keys", page), 200);
    },
  );

  app.openapi(
    defineRoute(
      "admin",
      {
        method: "delete",
        path: `${PATH}/{id}`,
        operationId: "revokeApiKey",
        tags: ["API keys"],
        summary: "Revoke a key",
        request: { params: textParam("id", "Id of the key", "8b0f") },
      },
      { 204: { description: "Key revoked" } },
    ),
    async (c) => {
      const { org, id } = c.req.valid("param");
      const removed = await c.var.services.apiKeys.remove(org, id);
      if (!removed) throw notFound("Key");
      return c.body(null, 204);
    },
  );
}
