import type { OpenAPIHono } from "@hono/zod-openapi";
import { asPage } from "../../db/reads/cursor.ts";
import { compareDocuments } from "../../mapping/document/compare-documents.ts";
import { restoreMapping } from "../../sync/mapping/change-mapping.ts";
import type { AppEnv } from "../app-env.ts";
import { defineRoute, json, problemAnswer, z } from "../define-route.ts";
import { expectedVersion } from "../mapping-version-tag.ts";
import { idCursor, pageIn } from "../page-cursor.ts";
import { mappingProblem, presentMappingChange, presentVersion } from "../present/mapping.ts";
import { notFound, orNotFound } from "../problems/not-found.ts";
import {
  comparedVersionSchema,
  confirmQuery,
  ifMatch,
  mappingChangeSchema,
  mappingVersionSchema,
} from "../schemas/mapping.ts";
import { pageOf } from "../schemas/page.ts";
import { idParam, numberQuery, orgParam, pageQuery } from "../schemas/request.ts";

const PATH = "/v1/orgs/{org}/mapping/versions";
const versionParam = idParam("n", "Number of the version", 3);

export function registerMappingVersionRoutes(app: OpenAPIHono<AppEnv>): void {
  app.openapi(
    defineRoute(
      "read",
      {
        method: "get",
        path: PATH,
        operationId: "listMappingVersions",
        tags: ["Mapping"],
        summary: "List versions, newest first",
        request: { params: orgParam, query: pageQuery },
      },
      { 200: json(pageOf(mappingVersionSchema), "Versions") },
    ),
    async (c) => {
      const { limit, cursor } = c.req.valid("query");
      const before = cursor === undefined ? null : idCursor("mapping-versions", cursor);
      const rows = await c.var.services.mappings.list(c.req.valid("param").org, { limit: limit + 1, before });
      const page = asPage(rows.map(presentVersion), limit, (row) => row.version);
      return c.json(pageIn("mapping-versions", page), 200);
    },
  );

  app.openapi(
    defineRoute(
      "read",
      {
        method: "get",
        path: `${PATH}/{n}`,
        operationId: "getMappingVersion",
        tags: ["Mapping"],
        summary: "Get a version, and where it differs from another",
        request: {
          params: versionParam,
          query: z.strictObject({ against: numberQuery("The version to compare it with") }),
        },
      },
      { 200: json(comparedVersionSchema, "Differences from `against`, none without it") },
    ),
    async (c) => {
      const { mappings } = c.var.services;
      const { org, n } = c.req.valid("param");
      const { against } = c.req.valid("query");
      const version = orNotFound(await mappings.version(org, n), `Version ${n}`);
      const base =
        against === undefined ? version : orNotFound(await mappings.version(org, against), `Version ${against}`);
      const differences = compareDocuments(JSON.parse(base.document), JSON.parse(version.document));
      return c.json({ ...presentVersion(version), differences }, 200);
    },
  );

  app.openapi(
    defineRoute(
      "admin",
      {
        method: "post",
        path: `${PATH}/{n}/restore`,
        operationId: "restoreMappingVersion",
        tags: ["Mapping"],
        summary: "Restore an earlier version",
        request: { params: versionParam, headers: ifMatch, query: confirmQuery },
      },
      {
        200: json(mappingChangeSchema, "What it changes, and the run that does it"),
        412: problemAnswer("`If-Match` is not the current version; nothing changed"),
      },
    ),
    async (c) => {
      const { sync, mappings } = c.var.services;
      const { org, n } = c.req.valid("param");
      const options = { confirm: c.req.valid("query").confirm ?? false, expected: expectedVersion(c) };
      const restored = await restoreMapping(sync, mappings, org, n, options);
      if (!restored) throw notFound(`Version ${n}`);
      if (!restored.ok) throw mappingProblem(restored.failure);
      return c.json(presentMappingChange(restored.value), 200);
    },
  );
}
