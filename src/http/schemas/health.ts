import { z } from "@hono/zod-openapi";
import { instant, int, nullableInstant, nullableText, oneOf, text } from "./values.ts";

/** Requests to MyCase since the connection exists. */
export const countsSchema = z
  .object({
    requests: int("Requests sent"),
    throttled: int("Answers with status 429"),
    unavailable: int("Errors on MyCase's side, timeouts included"),
    forbidden: int("Answers with status 403"),
    unauthorized: int("Answers with status 401"),
    refreshes: int("Token refreshes that succeeded"),
    refreshes_failed: int("Token refreshes that failed"),
  })
  .openapi("MyCaseCounts", { description: "Requests to MyCase and how they went; the counters only rise" });

export const overdueSchema = z
  .object({
    kind: text("Kind of the run"),
    due_at: instant("When it was due"),
    begun_at: nullableInstant("Start of the unfinished run that blocks it; null without one"),
  })
  .openapi("OverdueRun");

const alarmSchema = z
  .object({
    code: text("Stable; the runbook has a chapter for each"),
    severity: oneOf(["critical", "warning"], "`critical`: data is, or will soon be, wrong without intervention"),
    since: nullableInstant("Start; null when unknown"),
    detail: text("What is wrong"),
    fix: text("What to do"),
  })
  .openapi("Alarm");

export const healthSchema = z
  .object({
    status: oneOf(["ok", "warning", "critical"], "The worst of the alarms"),
    alarms: z.array(alarmSchema).openapi({ description: "What needs attention, worst first" }),
    connection: z
      .object({
        state: text("State of the connection"),
        since: nullableInstant("Since when"),
        cause: nullableText("Cause of the state; stable"),
        why: nullableText("The same, in words"),
      })
      .openapi({ description: "The connection to MyCase" }),
    mycase: countsSchema,
    runs: z
      .object({
        open: int("Queued or running"),
        held: int("Waiting for a decision"),
        overdue: z.array(overdueSchema).openapi({ description: "Missing runs" }),
      })
      .openapi({ description: "Runs of the org" }),
    dead_letters: z
      .object({ open: int("Open dead letters"), oldest_at: nullableInstant("Creation time of the oldest open one") })
      .openapi({ description: "What could not be processed" }),
    webhooks: z
      .object({
        last_at: nullableInstant("When the last one was received"),
        received_24h: int("Received in the last 24 hours"),
        missed_24h: int("Changes of the last 24 hours that no webhook announced"),
        longest_wait_ms_24h: int("Longest wait of an event in the queue, in milliseconds"),
      })
      .openapi({ description: "Webhook deliveries" }),
    checked_at: instant("Time of this report"),
  })
  .openapi("Health");

const webhookHour = z.object({
  hour: instant("Start of the hour"),
  model: text("Kind of record"),
  received: int("Deliveries received"),
  longest_wait_ms: int("Longest wait of an event in the queue, in milliseconds"),
  missed_found_by_poll: int("Changes that no webhook announced, found by polls"),
  missed_found_by_nightly: int("Changes that no webhook announced, found by nightly syncs"),
});

export const webhookReportSchema = z
  .object({
    hours: z.array(webhookHour).openapi({ description: "Newest hour first" }),
    received: int("Deliveries received in all these hours"),
    missed: int("Changes in all these hours that no webhook announced"),
    last_received_at: nullableInstant("When the last delivery was received"),
  })
  .openapi("WebhookReport");
