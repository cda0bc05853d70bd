import type { OpenAPIHono } from "@hono/zod-openapi";
import { caseIdsByNumber } from "../../db/reads/coverage.ts";
import { explainCase } from "../../sync/mapping/explain-case.ts";
import type { AppEnv } from "../app-env.ts";
import { defineRoute, json, z } from "../define-route.ts";
import { failureProblem } from "../problems/failure-problem.ts";
import { Problem } from "../problems/problem.ts";
import { explanationSchema } from "../schemas/explanation.ts";
import { idParam, numberQuery, orgParam } from "../schemas/request.ts";

const PATH = "/v1/orgs/{org}/explain/cases";
const staff_id = numberQuery("Also explain this staff member");
const number = z.string().min(1).openapi({ description: "The firm's number of the case", example: "PI-2026-014" });

export function registerExplainRoutes(app: OpenAPIHono<AppEnv>): void {
  app.openapi(
    defineRoute(
      "read",
      {
        method: "get",
        path: `${PATH}/{case_id}`,
        operationId: "explainCase",
        tags: ["Insight"],
        summary: "Explain why a case is or is not a project",
        description: "Also works for a case that was never imported: it is read from MyCase.",
        request: { params: idParam("case_id", "MyCase's id of the case"), query: z.strictObject({ staff_id }) },
      },
      { 200: json(explanationSchema, "The gates in their order, then contacts and team with their reasons") },
    ),
    async (c) => {
      const { org, case_id } = c.req.valid("param");
      const staffId = c.req.valid("query").staff_id;
      const explained = await explainCase(c.var.services.sync, org, case_id, { staffId });
      if (!explained.ok) throw failureProblem(explained.failure);
      return c.json(explained.value, 200);
    },
  );

  app.openapi(
    defineRoute(
      "read",
      {
        method: "get",
        path: PATH,
        operationId: "explainCaseByNumber",
        tags: ["Insight"],
        summary: "Explain a case by its number",
        request: { params: orgParam, query: z.strictObject({ number, staff_id }) },
      },
      { 200: json(explanationSchema, "As by id; `other_case_ids` when several cases have the number") },
    ),
    async (c) => {
      const { db, sync } = c.var.services;
      const { org } = c.req.valid("param");
      const query = c.req.valid("query");
      const [id, ...others] = await caseIdsByNumber(db, org, query.number);
      if (id === undefined) {
        const detail = "Case number not found; MyCase cannot be searched by number, so use the case id";
        throw new Problem(404, "case_number_unknown", detail);
      }
      const explained = await explainCase(sync, org, id, { staffId: query.staff_id });
      if (!explained.ok) throw failureProblem(explained.failure);
      return c.json({ ...explained.value, other_case_ids: others }, 200);
    },
  );
}
