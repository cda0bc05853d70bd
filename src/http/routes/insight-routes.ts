import type { OpenAPIHono } from "@hono/zod-openapi";
import { readCoverage } from "../../db/reads/coverage.ts";
import { caseTotal } from "../../sync/case-total.ts";
import { describeOrgFields } from "../../sync/mapping/describe-org-fields.ts";
import type { AppEnv } from "../app-env.ts";
import { defineRoute, json } from "../define-route.ts";
import { presentCoverage } from "../present/coverage.ts";
import { coverageSchema, fieldsSchema } from "../schemas/insight.ts";
import { orgParam } from "../schemas/request.ts";

export function registerInsightRoutes(app: OpenAPIHono<AppEnv>): void {
  app.openapi(
    defineRoute(
      "read",
      {
        method: "get",
        path: "/v1/orgs/{org}/fields",
        operationId: "listFields",
        tags: ["Insight"],
        summary: "List mappable fields with the values seen",
        request: { params: orgParam },
      },
      { 200: json(fieldsSchema, "Values with counts, where they are mapped, near misses, probable renames") },
    ),
    async (c) => {
      const { db, sync } = c.var.services;
      return c.json({ data: await describeOrgFields(sync, db, c.req.valid("param").org) }, 200);
    },
  );

  app.openapi(
    defineRoute(
      "read",
      {
        method: "get",
        path: "/v1/orgs/{org}/coverage",
        operationId: "getCoverage",
        tags: ["Insight"],
        summary: "Count cases by bucket; each is in exactly one",
        request: { params: orgParam },
      },
      { 200: json(coverageSchema, "Buckets that add up to the cases visible to the connection") },
    ),
    async (c) => {
      const { db, sync } = c.var.services;
      const { org } = c.req.valid("param");
      const [stored, total] = await Promise.all([readCoverage(db, org), caseTotal(sync, org)]);
      return c.json(presentCoverage(stored, total, sync.now()), 200);
    },
  );
}
