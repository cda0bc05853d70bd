import type { OpenAPIHono } from "@hono/zod-openapi";
import { asPage } from "../../db/reads/cursor.ts";
import type { MappingVersion } from "../../db/stores/mapping-store.ts";
import { compareDocuments } from "../../mapping/document/compare-documents.ts";
import {
  changeMapping,
  type MappingChange,
  type MappingRefusal,
  previewMapping,
  restoreMapping,
} from "../../sync/mapping/change-mapping.ts";
import type { AppEnv } from "../app-env.ts";
import { defineRoute, json, jsonBody, z } from "../define-route.ts";
import { failureProblem } from "../failure-problem.ts";
import { idCursor } from "../page-cursor.ts";
import { presentRun } from "../present-work.ts";
import { Problem } from "../problem.ts";
import { flagQuery, idParam, orgParam, pageOf, pageQuery } from "../schemas/common.ts";
import {
  currentMappingSchema,
  differenceSchema,
  mappingBodySchema,
  mappingChangeSchema,
  mappingForecastSchema,
  mappingVersionSchema,
} from "../schemas/mapping.ts";

const tags: [string] = ["Mapping"];
const path = "/v1/orgs/{org}/mapping";
const confirm = z.object({ confirm: flagQuery.optional() });

const read = defineRoute(
  "read",
  { method: "get", path, tags, summary: "The current mapping", request: { params: orgParam } },
  { 200: json(currentMappingSchema, "The document, with its version; can be sent back as it is") },
);
const change = defineRoute(
  "admin",
  {
    method: "put",
    path,
    tags,
    summary: "Store a new version and apply it to everything pulled",
    description:
      "Refused with 409 `blast_guard` when it would harm too many projects, unless sent with `?confirm=true`.",
    request: { params: orgParam, query: confirm, body: jsonBody(mappingBodySchema) },
  },
  { 200: json(mappingChangeSchema, "What it changes, and the run that does it") },
);
const preview = defineRoute(
  "read",
  {
    method: "post",
    path: `${path}/preview`,
    tags,
    summary: "What a mapping would change; nothing is written",
    request: { params: orgParam, body: jsonBody(mappingBodySchema) },
  },
  { 200: json(mappingForecastSchema, "Exactly the diff that storing it makes") },
);
const versions = defineRoute(
  "read",
  {
    method: "get",
    path: `${path}/versions`,
    tags,
    summary: "Every version, newest first",
    request: { params: orgParam, query: pageQuery },
  },
  { 200: json(pageOf(mappingVersionSchema), "Versions") },
);
const version = defineRoute(
  "read",
  {
    method: "get",
    path: `${path}/versions/{n}`,
    tags,
    summary: "One version, and where it differs from another",
    request: {
      params: idParam("n"),
      query: z.object({ against: z.coerce.number().int().positive().optional().openapi({ type: "integer" }) }),
    },
  },
  {
    200: json(
      mappingVersionSchema.extend({ differences: z.array(differenceSchema) }),
      "Differences from `against`, none without it",
    ),
  },
);
const restore = defineRoute(
  "admin",
  {
    method: "post",
    path: `${path}/versions/{n}/restore`,
    tags,
    summary: "Make an earlier version the current one again",
    request: { params: idParam("n"), query: confirm },
  },
  { 200: json(mappingChangeSchema, "What it changes, and the run that does it") },
);

export function registerMappingRoutes(app: OpenAPIHono<AppEnv>): void {
  app.openapi(read, async (c) => {
    const current = await c.var.services.mappings.current(c.req.valid("param").org);
    if (!current) throw new Problem(404, "no_mapping", "No mapping has been stored yet.");
    const { mapping, ...dated } = presentVersion(current);
    return c.json({ ...mapping, ...dated }, 200);
  });
  app.openapi(change, async (c) => {
    const { sync, mappings } = c.var.services;
    const options = { confirm: c.req.valid("query").confirm ?? false };
    const changed = await changeMapping(sync, mappings, c.req.valid("param").org, c.req.valid("json"), options);
    if (!changed.ok) throw refusal(changed.failure);
    return c.json(presentChange(changed.value), 200);
  });
  app.openapi(preview, async (c) => {
    const foreseen = await previewMapping(c.var.services.sync, c.req.valid("param").org, c.req.valid("json"));
    if (!foreseen.ok) throw refusal(foreseen.failure);
    return c.json(foreseen.value, 200);
  });
  app.openapi(versions, async (c) => {
    const { limit, cursor } = c.req.valid("query");
    const before = cursor === undefined ? null : idCursor(cursor);
    const rows = await c.var.services.mappings.list(c.req.valid("param").org, { limit: limit + 1, before });
    return c.json(
      asPage(rows.map(presentVersion), limit, (row) => row.version),
      200,
    );
  });
  app.openapi(version, async (c) => {
    const { org, n } = c.req.valid("param");
    const { against } = c.req.valid("query");
    const { mappings } = c.var.services;
    const asked = await known(mappings, org, n);
    const other = against === undefined ? asked : await known(mappings, org, against);
    const differences = compareDocuments(JSON.parse(other.document), JSON.parse(asked.document));
    return c.json({ ...presentVersion(asked), differences } as never, 200);
  });
  app.openapi(restore, async (c) => {
    const { sync, mappings } = c.var.services;
    const { org, n } = c.req.valid("param");
    const restored = await restoreMapping(sync, mappings, org, n, { confirm: c.req.valid("query").confirm ?? false });
    if (!restored) throw new Problem(404, "not_found", "There is no such version.");
    if (!restored.ok) throw refusal(restored.failure);
    return c.json(presentChange(restored.value), 200);
  });
}

async function known(mappings: AppEnv["Variables"]["services"]["mappings"], org: string, n: number) {
  const found = await mappings.version(org, n);
  if (!found) throw new Problem(404, "not_found", `There is no version ${n}.`);
  return found;
}

function presentVersion({ document, ...dated }: MappingVersion) {
  return { ...dated, mapping: JSON.parse(document) as Record<string, unknown> };
}

function presentChange({ run, ...change }: MappingChange) {
  return { ...change, run: presentRun(run) };
}

function refusal(failure: MappingRefusal): Problem {
  if (failure.kind === "invalid_mapping") {
    return new Problem(422, "invalid_mapping", "The mapping contradicts itself or the firm.", {
      errors: failure.errors,
    });
  }
  if (failure.kind === "blast_guard") {
    const { diff, samples } = failure;
    const detail =
      "This would take away more projects than the blast guard allows; send it with ?confirm=true if it is meant.";
    return new Problem(409, "blast_guard", detail, { diff, samples });
  }
  return failureProblem(failure);
}
