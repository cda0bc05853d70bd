import type { OpenAPIHono } from "@hono/zod-openapi";
import { listLeads, readLead } from "../../db/reads/people.ts";
import type { AppEnv } from "../app-env.ts";
import { defineRoute, json, z } from "../define-route.ts";
import { leadCursor, pageIn } from "../page-cursor.ts";
import { notFound, orNotFound } from "../problems/not-found.ts";
import { pageOf } from "../schemas/page.ts";
import { flagQuery, orgParam, pageQuery, textParam } from "../schemas/request.ts";
import { leadSchema } from "../schemas/rows.ts";

const PATH = "/v1/orgs/{org}/leads";
const LEAD_ID = /^(?:(lead|case):)?(\d{1,15})$/;

const filters = pageQuery.extend({
  source: z.enum(["lead", "case"]).optional().openapi({ description: "Only from this source" }),
  deleted: flagQuery("`true`: only ended ones; they are left out otherwise"),
});

export function registerLeadRoutes(app: OpenAPIHono<AppEnv>): void {
  app.openapi(
    defineRoute(
      "read",
      {
        method: "get",
        path: PATH,
        operationId: "listLeads",
        tags: ["People"],
        summary: "List leads by source and id",
        description: "Cases that the lead rule claims, and MyCase's lead objects.",
        request: { params: orgParam, query: filters },
      },
      { 200: json(pageOf(leadSchema), "Leads") },
    ),
    async (c) => {
      const { limit, cursor, ...filter } = c.req.valid("query");
      const page = { limit, after: leadCursor(cursor) };
      const rows = await listLeads(c.var.services.db, c.req.valid("param").org, filter, page);
      return c.json(pageIn("leads", rows), 200);
    },
  );

  app.openapi(
    defineRoute(
      "read",
      {
        method: "get",
        path: `${PATH}/{id}`,
        operationId: "getLead",
        etag: true,
        tags: ["People"],
        summary: "Get a lead",
        request: { params: textParam("id", "`lead:9` or `case:9`; a number alone means a lead object", "case:9") },
      },
      { 200: json(leadSchema, "The lead") },
    ),
    async (c) => {
      const { org, id } = c.req.valid("param");
      const [, source, number] = LEAD_ID.exec(id) ?? [];
      if (number === undefined) throw notFound("Lead");
      const lead = await readLead(c.var.services.db, org, source === "case" ? "case" : "lead", Number(number));
      return c.json(orNotFound(lead, "Lead"), 200);
    },
  );
}
