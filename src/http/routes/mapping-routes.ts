import type { OpenAPIHono } from "@hono/zod-openapi";
import { changeMapping, previewMapping } from "../../sync/mapping/change-mapping.ts";
import type { AppEnv } from "../app-env.ts";
import { defineRoute, json, jsonBody, problemAnswer } from "../define-route.ts";
import { expectedVersion, versionTag } from "../mapping-version-tag.ts";
import { mappingProblem, presentMappingChange, presentVersion } from "../present/mapping.ts";
import { Problem } from "../problems/problem.ts";
import {
  confirmQuery,
  currentMappingSchema,
  ifMatch,
  mappingBodySchema,
  mappingChangeSchema,
  mappingPreviewSchema,
} from "../schemas/mapping.ts";
import { orgParam } from "../schemas/request.ts";

const PATH = "/v1/orgs/{org}/mapping";

export function registerMappingRoutes(app: OpenAPIHono<AppEnv>): void {
  app.openapi(
    defineRoute(
      "read",
      {
        method: "get",
        path: PATH,
        operationId: "getMapping",
        etag: true,
        tags: ["Mapping"],
        summary: "Get the current mapping",
        request: { params: orgParam },
      },
      { 200: json(currentMappingSchema, "The document with its version; can be sent back as it is") },
    ),
    async (c) => {
      const current = await c.var.services.mappings.current(c.req.valid("param").org);
      if (!current) throw new Problem(404, "no_mapping", "No mapping has been stored yet");
      const { mapping, ...version } = presentVersion(current);
      return c.json({ ...mapping, ...version }, 200, { etag: versionTag(version.version) });
    },
  );

  app.openapi(
    defineRoute(
      "admin",
      {
        method: "put",
        path: PATH,
        operationId: "putMapping",
        tags: ["Mapping"],
        summary: "Store a new version and apply it to everything pulled",
        description:
          "Refused with 409 `blast_guard` when it affects too many projects, unless sent with `?confirm=true`.",
        request: { params: orgParam, headers: ifMatch, query: confirmQuery, body: jsonBody(mappingBodySchema) },
      },
      {
        200: json(mappingChangeSchema, "What it changes, and the run that does it"),
        412: problemAnswer("`If-Match` is not the current version; nothing changed"),
      },
    ),
    async (c) => {
      const { sync, mappings } = c.var.services;
      const options = { confirm: c.req.valid("query").confirm ?? false, expected: expectedVersion(c) };
      const changed = await changeMapping(sync, mappings, c.req.valid("param").org, c.req.valid("json"), options);
      if (!changed.ok) throw mappingProblem(changed.failure);
      return c.json(presentMappingChange(changed.value), 200, { etag: versionTag(changed.value.version) });
    },
  );

  app.openapi(
    defineRoute(
      "read",
      {
        method: "post",
        path: `${PATH}/preview`,
        operationId: "previewMapping",
        tags: ["Mapping"],
        summary: "Preview what a mapping would change",
        description: "Nothing is stored.",
        request: { params: orgParam, body: jsonBody(mappingBodySchema) },
      },
      { 200: json(mappingPreviewSchema, "Exactly the diff that storing it makes") },
    ),
    async (c) => {
      const preview = await previewMapping(c.var.services.sync, c.req.valid("param").org, c.req.valid("json"));
      if (!preview.ok) throw mappingProblem(preview.failure);
      return c.json(preview.value, 200);
    },
  );
}
