import type { OpenAPIHono } from "@hono/zod-openapi";
import { healthOf, type OrgHealth, orgHealth } from "../../sync/health/org-health.ts";
import { webhookReport } from "../../sync/health/webhook-report.ts";
import type { AppEnv } from "../app-env.ts";
import { defineRoute, json, z } from "../define-route.ts";
import { prometheusText } from "../present/prometheus-text.ts";
import { orNotFound } from "../problems/not-found.ts";
import { healthSchema, webhookReportSchema } from "../schemas/health.ts";
import { orgParam, textQuery } from "../schemas/request.ts";

const MAX_ORGS = 500; // each costs a call of its connection, and an invocation may make a thousand
const MAX_HOURS = 90 * 24; // as long as they are kept

const hours = z.coerce
  .number()
  .int()
  .min(1)
  .max(MAX_HOURS)
  .default(24)
  .openapi({ type: "integer", example: 24, description: "How many hours to look back" });

const page = z.coerce
  .number()
  .int()
  .min(1)
  .default(1)
  .openapi({ type: "integer", example: 1, description: "Page of the orgs, in the order of their ids" });

export function registerHealthRoutes(app: OpenAPIHono<AppEnv>): void {
  app.openapi(
    defineRoute(
      "read",
      {
        method: "get",
        path: "/v1/orgs/{org}/health",
        operationId: "getOrgHealth",
        tags: ["Status"],
        summary: "Get the alarms and figures of an org",
        description: "Always 200; `status` is the severity of the worst alarm. Sends MyCase no request.",
        request: { params: orgParam },
      },
      { 200: json(healthSchema, "What needs attention, since when, and what to do") },
    ),
    async (c) => c.json(await orgHealth(c.var.services.sync, c.req.valid("param").org), 200),
  );

  app.openapi(
    defineRoute(
      "read",
      {
        method: "get",
        path: "/v1/orgs/{org}/webhooks",
        operationId: "getWebhookReport",
        tags: ["Webhooks"],
        summary: "Get webhook delivery statistics: received, and missed",
        description: "By the hour of the change and kind of record; polls and nightly syncs find what was missed.",
        request: { params: orgParam, query: z.strictObject({ hours }) },
      },
      { 200: json(webhookReportSchema, "Newest hour first") },
    ),
    async (c) => {
      const { org } = c.req.valid("param");
      return c.json(await webhookReport(c.var.services.sync, org, c.req.valid("query").hours), 200);
    },
  );

  app.openapi(
    defineRoute(
      "admin_key",
      {
        method: "get",
        path: "/metrics",
        operationId: "getMetrics",
        tags: ["Status"],
        summary: "Get figures of every org as Prometheus text",
        description: `${MAX_ORGS} orgs a page: scrape every page up to \`mycase_sync_pages\`. With \`org\`, of that one.`,
        request: { query: z.strictObject({ org: textQuery("Only this org", "demo"), page }) },
      },
      { 200: { description: "Prometheus text format", content: { "text/plain": { schema: z.string() } } } },
    ),
    async (c) => {
      const { orgs, sync } = c.var.services;
      const { org, page } = c.req.valid("query");
      if (org !== undefined) orNotFound(await orgs.get(org), "Org");
      const all = await orgs.ids();
      const ids = org === undefined ? all.slice((page - 1) * MAX_ORGS, page * MAX_ORGS) : [org];
      const [health, backlog] = await Promise.all([healthOf(sync, ids), sync.backlog()]);
      const figures = {
        orgs: ids.map((id, index) => ({ org: id, health: health[index] as OrgHealth })),
        pages: Math.max(1, Math.ceil(all.length / MAX_ORGS)),
        backlog,
      };
      return c.text(prometheusText(figures, sync.now()), 200, { "content-type": "text/plain; version=0.0.4" });
    },
  );
}
