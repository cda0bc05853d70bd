import type { OpenAPIHono } from "@hono/zod-openapi";
import { orgHealth } from "../../sync/health/org-health.ts";
import { missedOf } from "../../sync/health/webhook-alarms.ts";
import type { AppEnv } from "../app-env.ts";
import { defineRoute, json, z } from "../define-route.ts";
import { Problem } from "../problem.ts";
import { prometheusText } from "../prometheus-text.ts";
import { orgParam } from "../schemas/common.ts";
import { healthSchema, meterSchema } from "../schemas/health.ts";

const tags: [string] = ["Status"];
const MOST_ORGS = 100; // each costs some ten look-ups, and an invocation may make a thousand
const HOUR_MS = 60 * 60 * 1000;

const health = defineRoute(
  "read",
  {
    method: "get",
    path: "/v1/orgs/{org}/health",
    tags,
    summary: "Alarms and vital signs of an org",
    description: "Answers 200 whatever the alarms; `status` is the worst of them. MyCase is not asked.",
    request: { params: orgParam },
  },
  { 200: json(healthSchema, "What needs somebody's attention, since when, and what to do") },
);
const meter = defineRoute(
  "read",
  {
    method: "get",
    path: "/v1/orgs/{org}/webhooks",
    tags,
    summary: "The honesty meter: what webhooks brought, and what they missed",
    description: "By the hour of the change and the kind of record; what was missed, polls and nightlies found.",
    request: {
      params: orgParam,
      query: z.object({
        hours: z.coerce.number().int().min(1).max(2160).default(24).openapi({ type: "integer", example: 24 }),
      }),
    },
  },
  { 200: json(meterSchema, "Newest hour first") },
);
const metrics = defineRoute(
  "admin key",
  {
    method: "get",
    path: "/metrics",
    tags,
    summary: "Figures of every org, as Prometheus text",
    description: `Of the first ${MOST_ORGS} orgs; with \`org\`, of that one.`,
    request: { query: z.object({ org: z.string().optional() }) },
  },
  { 200: { description: "Prometheus text format", content: { "text/plain": { schema: z.string() } } } },
);

export function registerHealthRoutes(app: OpenAPIHono<AppEnv>): void {
  app.openapi(health, async (c) => c.json(await orgHealth(c.var.services.sync, c.req.valid("param").org), 200));
  app.openapi(meter, async (c) => {
    const { sync } = c.var.services;
    const { org } = c.req.valid("param");
    const since = new Date(sync.now().getTime() - c.req.valid("query").hours * HOUR_MS);
    const [hours, last_received_at] = await Promise.all([
      sync.webhookStats.hours(org, since),
      sync.webhookStats.lastReceived(org),
    ]);
    const received = hours.reduce((sum, hour) => sum + hour.received, 0);
    const missed = missedOf(hours);
    return c.json({ hours, received, missed, last_received_at }, 200);
  });
  app.openapi(metrics, async (c) => {
    const { orgs, sync } = c.var.services;
    const { org: wanted } = c.req.valid("query");
    if (wanted !== undefined && !(await orgs.get(wanted))) throw new Problem(404, "not_found", "There is no such org.");
    const ids = wanted === undefined ? await orgs.ids(MOST_ORGS) : [wanted];
    const [all, backlog] = await Promise.all([
      Promise.all(ids.map(async (org) => ({ org, health: await orgHealth(sync, org) }))),
      sync.backlog(),
    ]);
    return c.text(prometheusText(all, backlog, sync.now()), 200, { "content-type": "text/plain; version=0.0.4" });
  });
}
