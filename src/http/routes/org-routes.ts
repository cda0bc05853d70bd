import type { OpenAPIHono } from "@hono/zod-openapi";
import { asPage } from "../../db/reads/cursor.ts";
import { purgeOrg } from "../../sync/connection/purge-org.ts";
import { rederive } from "../../sync/rederive.ts";
import { startRun } from "../../sync/runs/start-run.ts";
import type { AppEnv } from "../app-env.ts";
import { defineRoute, json, jsonBody } from "../define-route.ts";
import { textCursor } from "../page-cursor.ts";
import { Problem } from "../problem.ts";
import { orgParam, pageOf, pageQuery } from "../schemas/common.ts";
import { newOrgSchema, orgPatchSchema, orgSchema } from "../schemas/org.ts";

const tags: [string] = ["Orgs"];

const create = defineRoute(
  "admin key",
  { method: "post", path: "/v1/orgs", tags, summary: "Create an org", request: { body: jsonBody(newOrgSchema) } },
  { 201: json(orgSchema, "The org") },
);
const list = defineRoute(
  "admin key",
  { method: "get", path: "/v1/orgs", tags, summary: "All orgs", request: { query: pageQuery } },
  { 200: json(pageOf(orgSchema), "Orgs by id") },
);
const read = defineRoute(
  "read",
  { method: "get", path: "/v1/orgs/{org}", tags, summary: "One org", request: { params: orgParam } },
  { 200: json(orgSchema, "The org") },
);
const update = defineRoute(
  "admin",
  {
    method: "patch",
    path: "/v1/orgs/{org}",
    tags,
    summary: "Change an org",
    description: "A change of the country, or of whether lead objects are pulled, is applied to everything pulled.",
    request: { params: orgParam, body: jsonBody(orgPatchSchema) },
  },
  { 200: json(orgSchema, "The org as it is now") },
);
const remove = defineRoute(
  "admin key",
  {
    method: "delete",
    path: "/v1/orgs/{org}",
    tags,
    summary: "Purge an org: every row, every token",
    request: { params: orgParam },
  },
  { 204: { description: "Nothing of it is left" } },
);

export function registerOrgRoutes(app: OpenAPIHono<AppEnv>): void {
  app.openapi(create, async (c) => {
    const org = { ...c.req.valid("json"), created_at: c.var.services.sync.now().toISOString() };
    if (!(await c.var.services.orgs.create(org)))
      throw new Problem(409, "org_exists", `There is an org "${org.id}" already.`);
    return c.json(org, 201, { location: `/v1/orgs/${org.id}` });
  });
  app.openapi(list, async (c) => {
    const { limit, cursor } = c.req.valid("query");
    const rows = await c.var.services.orgs.list({ limit: limit + 1, after: textCursor(cursor) });
    return c.json(
      asPage(rows, limit, (org) => org.id),
      200,
    );
  });
  app.openapi(read, async (c) => c.json(await found(c.var.services.orgs, c.req.valid("param").org), 200));
  app.openapi(update, async (c) => {
    const { org } = c.req.valid("param");
    const { orgs, sync } = c.var.services;
    const before = await found(orgs, org);
    const given = Object.entries(c.req.valid("json")).filter(([, value]) => value !== undefined);
    await orgs.update(org, Object.fromEntries(given));
    const after = await found(orgs, org);
    if (after.pull_lead_objects && !before.pull_lead_objects) await startRun(sync, org, "backfill", "lead_objects");
    if (after.default_country !== before.default_country || after.pull_lead_objects !== before.pull_lead_objects) {
      await rederive(sync, org, "org");
    }
    return c.json(after, 200);
  });
  app.openapi(remove, async (c) => {
    await purgeOrg(c.var.services.sync, c.req.valid("param").org);
    return c.body(null, 204);
  });
}

async function found(orgs: AppEnv["Variables"]["services"]["orgs"], id: string) {
  const org = await orgs.get(id);
  if (!org) throw new Problem(404, "not_found", "There is no such org.");
  return org;
}
