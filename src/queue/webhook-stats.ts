import type { WebhookCount } from "../db/stores/webhook-stats-store.ts";
import type { Delivered } from "./fold.ts";

/** What the batch's deliveries add to each org's counters, unknown kinds and actions under their own names. */
export function countWebhooks(delivered: Delivered[], now: Date): Map<string, WebhookCount[]> {
  const counts = new Map<string, WebhookCount[]>();
  for (const { job, message } of delivered) {
    const event = message.attempts > 1 ? null : asEvent(job);
    if (!event) continue;
    const own = counts.get(job.org) ?? [];
    counts.set(job.org, own);
    const waited = Math.max(0, now.getTime() - message.timestamp.getTime());
    const same = own.find((one) => one.model === event.model && one.action === event.action);
    if (same) {
      same.received += 1;
      same.longest_wait_ms = Math.max(same.longest_wait_ms, waited);
    } else own.push({ ...event, received: 1, longest_wait_ms: waited });
  }
  return counts;
}

function asEvent(job: Delivered["job"]): Omit<WebhookCount, "received" | "longest_wait_ms"> | null {
  if (job.kind === "unrecognised") return { model: job.model, action: job.action, recognised: false };
  if (job.kind !== "record" || job.trigger !== "webhook" || job.action === null) return null;
  const unknown = job.action.startsWith("unrecognised:");
  return { model: job.model, action: job.action.replace(/^unrecognised:/, ""), recognised: !unknown };
}
