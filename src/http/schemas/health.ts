import { z } from "@hono/zod-openapi";
import { instant, nullableText } from "./common.ts";

export const overdueSchema = z
  .object({
    kind: z.string(),
    due_at: instant,
    begun_at: instant.nullable().openapi({ description: "Of the one that has not ended and is in its way" }),
  })
  .openapi("OverdueRun");

const alarmSchema = z
  .object({
    code: z.string().openapi({ description: "Stable; the runbook has a chapter for each" }),
    severity: z.enum(["critical", "warning"]),
    since: instant.nullable(),
    detail: z.string(),
    fix: z.string(),
  })
  .openapi("Alarm");

export const healthSchema = z
  .object({
    status: z.enum(["ok", "warning", "critical"]),
    alarms: z.array(alarmSchema),
    connection: z.object({
      state: z.string(),
      since: instant.nullable(),
      cause: nullableText,
      why: nullableText,
    }),
    mycase: z
      .object({
        requests: z.int(),
        throttled: z.int(),
        unavailable: z.int(),
        forbidden: z.int(),
        unauthorized: z.int(),
        refreshes: z.int(),
        refreshes_failed: z.int(),
      })
      .openapi({ description: "Counters that only rise: requests to MyCase and how they went" }),
    runs: z.object({ open: z.int(), held: z.int(), overdue: z.array(overdueSchema) }),
    dead_letters: z.object({ open: z.int(), oldest_at: instant.nullable() }),
    webhooks: z.object({
      last_at: instant.nullable(),
      received_24h: z.int(),
      missed_24h: z.int(),
      longest_wait_ms_24h: z.int().openapi({ description: "The longest that an event waited in the queue" }),
    }),
    checked_at: instant,
  })
  .openapi("Health");

export const meterSchema = z
  .object({
    hours: z.array(
      z.object({
        hour: instant,
        model: z.string(),
        received: z.int(),
        longest_wait_ms: z.int(),
        missed_found_by_poll: z.int(),
        missed_found_by_nightly: z.int(),
      }),
    ),
    received: z.int(),
    missed: z.int(),
    last_received_at: instant.nullable(),
  })
  .openapi("WebhookMeter");
