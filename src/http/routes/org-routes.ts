import type { OpenAPIHono } from "@hono/zod-openapi";
import { asPage } from "../../db/reads/cursor.ts";
import { purgeOrg } from "../../sync/connection/purge-org.ts";
import { updateOrg } from "../../sync/update-org.ts";
import type { AppEnv } from "../app-env.ts";
import { defineRoute, json, jsonBody, location } from "../define-route.ts";
import { pageIn, textCursor } from "../page-cursor.ts";
import { orNotFound } from "../problems/not-found.ts";
import { Problem } from "../problems/problem.ts";
import { newOrgSchema, orgPatchSchema, orgSchema } from "../schemas/org.ts";
import { pageOf } from "../schemas/page.ts";
import { orgParam, pageQuery } from "../schemas/request.ts";

export function registerOrgRoutes(app: OpenAPIHono<AppEnv>): void {
  app.openapi(
    defineRoute(
      "admin_key",
      {
        method: "post",
        path: "/v1/orgs",
        operationId: "createOrg",
        tags: ["Orgs"],
        summary: "Create an org",
        request: { body: jsonBody(newOrgSchema) },
      },
      { 201: { ...json(orgSchema, "The org"), headers: location } },
    ),
    async (c) => {
      const org = { ...c.req.valid("json"), created_at: c.var.services.sync.now().toISOString() };
      const created = await c.var.services.orgs.create(org);
      if (!created) throw new Problem(409, "org_exists", `Org "${org.id}" exists already`);
      return c.json(org, 201, { location: `/v1/orgs/${org.id}` });
    },
  );

  app.openapi(
    defineRoute(
      "admin_key",
      {
        method: "get",
        path: "/v1/orgs",
        operationId: "listOrgs",
        tags: ["Orgs"],
        summary: "List orgs by id",
        request: { query: pageQuery },
      },
      { 200: json(pageOf(orgSchema), "Orgs") },
    ),
    async (c) => {
      const { limit, cursor } = c.req.valid("query");
      const rows = await c.var.services.orgs.list({ limit: limit + 1, after: textCursor("orgs", cursor) });
      const page = asPage(rows, limit, (org) => org.id);
      return c.json(pageIn("orgs", page), 200);
    },
  );

  app.openapi(
    defineRoute(
      "read",
      {
        method: "get",
        path: "/v1/orgs/{org}",
        operationId: "getOrg",
        etag: true,
        tags: ["Orgs"],
        summary: "Get an org",
        request: { params: orgParam },
      },
      { 200: json(orgSchema, "The org") },
    ),
    async (c) => {
      const org = await c.var.services.orgs.get(c.req.valid("param").org);
      return c.json(orNotFound(org, "Org"), 200);
    },
  );

  app.openapi(
    defineRoute(
      "admin",
      {
        method: "patch",
        path: "/v1/orgs/{org}",
        operationId: "updateOrg",
        tags: ["Orgs"],
        summary: "Change an org",
        description: "A new country, or a switch of the lead objects, is applied to everything pulled.",
        request: { params: orgParam, body: jsonBody(orgPatchSchema) },
      },
      { 200: json(orgSchema, "The org as it is now") },
    ),
    async (c) => {
      const { sync, orgs } = c.var.services;
      const given = Object.entries(c.req.valid("json")).filter(([, value]) => value !== undefined);
      const updated = await updateOrg(sync, orgs, c.req.valid("param").org, Object.fromEntries(given));
      return c.json(orNotFound(updated, "Org"), 200);
    },
  );

  app.openapi(
    defineRoute(
      "admin_key",
      {
        method: "delete",
        path: "/v1/orgs/{org}",
        operationId: "deleteOrg",
        tags: ["Orgs"],
        summary: "Delete an org with every row and token",
        request: { params: orgParam },
      },
      { 204: { description: "Org deleted" } },
    ),
    async (c) => {
      await purgeOrg(c.var.services.sync, c.req.valid("param").org);
      return c.body(null, 204);
    },
  );
}
