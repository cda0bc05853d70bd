import type { WebhookHour } from "../../db/stores/webhook-stats-store.ts";
import { WEBHOOK_MODELS } from "../../domain/resources.ts";
import { type Alarm, alarm } from "./alarm-codes.ts";

/** What the alarms about webhooks are raised from. */
export interface WebhookInputs {
  /** Models with an active subscription. */
  subscribed: string[];
  pull_lead_objects: boolean;
  /** The last 24 hours. */
  webhooks: WebhookHour[];
  last_webhook_at: string | null;
}

const SLOW_QUEUE_MS = 60_000;

export function webhookAlarms({ subscribed, pull_lead_objects, webhooks, last_webhook_at }: WebhookInputs): Alarm[] {
  const wanted = WEBHOOK_MODELS.filter((model) => model !== "lead" || pull_lead_objects);
  const alarms: Alarm[] = [];
  const missing = wanted.filter((model) => !subscribed.includes(model));
  if (missing.length > 0) {
    const detail = `There is no webhook subscription for ${missing.join(", ")}; polls find those changes within minutes.`;
    alarms.push(alarm("subscription_missing", { since: null, detail }));
  }
  const silent = wanted.filter((model) => isSilent(webhooks, model));
  if (silent.length > 0) {
    const models = silent.join(", ");
    const detail = `For a day no webhook has come for ${models}, and polls found changes; portals are minutes late.`;
    alarms.push(alarm("webhooks_silent", { since: last_webhook_at, detail }));
  }
  const slowestMs = Math.max(0, ...webhooks.map((hour) => hour.longest_wait_ms));
  if (slowestMs > SLOW_QUEUE_MS) {
    const detail = `Within a day an event waited ${Math.round(slowestMs / 1000)} s in the queue.`;
    alarms.push(alarm("queue_slow", { since: null, detail }));
  }
  return alarms;
}

/** Whether polls and nightlies found changes of a model and webhooks brought none. */
function isSilent(webhooks: WebhookHour[], model: string): boolean {
  const hours = webhooks.filter((hour) => hour.model === model);
  return missedOf(hours) > 0 && hours.every((hour) => hour.received === 0);
}

/** How many changes polls and nightlies found that no webhook announced. */
export function missedOf(hours: WebhookHour[]): number {
  return hours.reduce((sum, hour) => sum + hour.missed_found_by_poll + hour.missed_found_by_nightly, 0);
}
