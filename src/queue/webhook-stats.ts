import type { WebhookCount } from "../db/stores/webhook-stats-store.ts";
import type { QueueMessage } from "../domain/queue-message.ts";
import { WEBHOOK_ACTIONS } from "../domain/webhook-actions.ts";
import { errorName } from "../platform/errors.ts";
import { log } from "../platform/log.ts";
import type { SyncContext } from "../sync/context.ts";
import type { Delivery } from "./fold.ts";

const OTHER = "other";

/** Adds the batch's webhooks to each org's counters. They are for people to look at: that they cannot be saved fails nothing. */
export async function saveWebhookCounts(context: SyncContext, deliveries: Delivery[]): Promise<void> {
  const now = context.now();
  try {
    for (const [org, counts] of countWebhooks(deliveries, now)) await context.webhookStats.received(org, counts, now);
  } catch (error) {
    log("warn", "queue.webhook_counts", { error: errorName(error) });
  }
}

/** The batch's webhooks by org. A sender may send any words: unknown kinds and actions count together, as `other`. */
export function countWebhooks(deliveries: Delivery[], now: Date): Map<string, WebhookCount[]> {
  const counts = new Map<string, WebhookCount[]>();
  for (const { message, raw } of deliveries) {
    const event = raw.attempts > 1 ? null : asEvent(message);
    if (!event) continue;
    const ofOrg = counts.get(message.org) ?? [];
    counts.set(message.org, ofOrg);
    const waited = Math.max(0, now.getTime() - raw.timestamp.getTime());
    const count = ofOrg.find(({ model, action }) => model === event.model && action === event.action);
    if (count) {
      count.received += 1;
      count.longest_wait_ms = Math.max(count.longest_wait_ms, waited);
    } else ofOrg.push({ ...event, received: 1, longest_wait_ms: waited });
  }
  return counts;
}

function asEvent(message: QueueMessage): Omit<WebhookCount, "received" | "longest_wait_ms"> | null {
  if (message.kind === "unrecognised") return { model: OTHER, action: actionOf(message.action), recognised: false };
  if (message.kind !== "record" || message.trigger !== "webhook" || message.action === null) return null;
  return { model: message.model, action: actionOf(message.action), recognised: message.recognised ?? true };
}

function actionOf(action: string): string {
  return WEBHOOK_ACTIONS.includes(action) ? action : OTHER;
}
