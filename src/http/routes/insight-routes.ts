import type { OpenAPIHono } from "@hono/zod-openapi";
import { caseIdsByNumber, readCoverage } from "../../db/reads/coverage.ts";
import { customValues, standardValues, valueChanges } from "../../db/reads/field-values.ts";
import { describeFields } from "../../mapping/document/describe-fields.ts";
import { caseTotal } from "../../sync/case-total.ts";
import { explainCase } from "../../sync/mapping/explain-case.ts";
import { orgConfig } from "../../sync/org-config.ts";
import type { AppEnv } from "../app-env.ts";
import { defineRoute, json, z } from "../define-route.ts";
import { failureProblem } from "../failure-problem.ts";
import { presentCoverage } from "../present-coverage.ts";
import { Problem } from "../problem.ts";
import { idParam, orgParam } from "../schemas/common.ts";
import { coverageSchema, explanationSchema, fieldsSchema } from "../schemas/insight.ts";

const base = "/v1/orgs/{org}";
const tags: [string] = ["Insight"];
const staffId = z.coerce
  .number()
  .int()
  .positive()
  .optional()
  .openapi({ type: "integer", description: "Adds the answer about one staff member" });

const byId = defineRoute(
  "read",
  {
    method: "get",
    path: `${base}/explain/cases/{case_id}`,
    tags,
    summary: "Why a case is, or is not, here",
    description: "Also for a case that was never imported: it is read from MyCase for the answer.",
    request: { params: idParam("case_id"), query: z.object({ staff_id: staffId }) },
  },
  { 200: json(explanationSchema, "The gates in their order, then contacts and team with their reasons") },
);
const byNumber = defineRoute(
  "read",
  {
    method: "get",
    path: `${base}/explain/cases`,
    tags,
    summary: "The same, by case number",
    request: { params: orgParam, query: z.object({ number: z.string().min(1), staff_id: staffId }) },
  },
  { 200: json(explanationSchema, "As by id; `other_case_ids` when several cases have the number") },
);
const fields = defineRoute(
  "read",
  {
    method: "get",
    path: `${base}/fields`,
    tags,
    summary: "Mappable fields with the values seen",
    request: { params: orgParam },
  },
  { 200: json(fieldsSchema, "Values with counts, where they are mapped, near misses, probable renames") },
);
const coverage = defineRoute(
  "read",
  {
    method: "get",
    path: `${base}/coverage`,
    tags,
    summary: "Every case in exactly one bucket",
    request: { params: orgParam },
  },
  { 200: json(coverageSchema, "Buckets that add up to the cases visible to the connection") },
);

export function registerInsightRoutes(app: OpenAPIHono<AppEnv>): void {
  app.openapi(byId, async (c) => {
    const { org, case_id } = c.req.valid("param");
    const explained = await explainCase(c.var.services.sync, org, case_id, { staffId: c.req.valid("query").staff_id });
    if (!explained.ok) throw failureProblem(explained.failure);
    return c.json(explained.value as never, 200);
  });
  app.openapi(byNumber, async (c) => {
    const { services } = c.var;
    const { org } = c.req.valid("param");
    const { number, staff_id } = c.req.valid("query");
    const [id, ...others] = await caseIdsByNumber(services.db, org, number);
    if (id === undefined) {
      const detail =
        "No case with this number has been read from MyCase, which cannot be searched by number; ask by case id.";
      throw new Problem(404, "case_number_unknown", detail);
    }
    const explained = await explainCase(services.sync, org, id, { staffId: staff_id });
    if (!explained.ok) throw failureProblem(explained.failure);
    return c.json({ ...explained.value, other_case_ids: others } as never, 200);
  });
  app.openapi(fields, async (c) => {
    const { db, sync } = c.var.services;
    const { org } = c.req.valid("param");
    const versions = await sync.orgs.configVersion(org);
    const dated = await orgConfig(sync.configs, org, versions?.config ?? 0);
    const [standard, custom, areas, stages] = await Promise.all([
      standardValues(db, org),
      customValues(db, org),
      valueChanges(db, org, "practice_area"),
      valueChanges(db, org, "case_stage"),
    ]);
    const changes = [
      ...areas.map((one) => ({ ...one, field: "practice_area" })),
      ...stages.map((one) => ({ ...one, field: "case_stage" })),
    ];
    const data = describeFields({
      document: dated?.config.mapping?.document ?? null,
      customFields: dated?.config.customFields ?? new Map(),
      values: [...standard, ...custom],
      changes,
    });
    return c.json({ data } as never, 200);
  });
  app.openapi(coverage, async (c) => {
    const { db, sync } = c.var.services;
    const { org } = c.req.valid("param");
    const [stored, total] = await Promise.all([readCoverage(db, org), caseTotal(sync, org)]);
    return c.json(presentCoverage(stored, total, sync.now()), 200);
  });
}
