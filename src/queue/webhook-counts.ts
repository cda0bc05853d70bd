import type { WebhookCount } from "../db/stores/subscription-store.ts";
import type { Delivered } from "./fold.ts";

/** What the batch's deliveries add to each org's counters, unknown kinds and actions under their own names. */
export function countWebhooks(delivered: Delivered[]): Map<string, WebhookCount[]> {
  const counts = new Map<string, WebhookCount[]>();
  for (const { job, message } of delivered) {
    const event = message.attempts > 1 ? null : asEvent(job);
    if (!event) continue;
    const own = counts.get(job.org) ?? [];
    counts.set(job.org, own);
    const same = own.find((one) => one.model === event.model && one.action === event.action);
    if (same) same.received += 1;
    else own.push({ ...event, received: 1 });
  }
  return counts;
}

function asEvent(job: Delivered["job"]): Omit<WebhookCount, "received"> | null {
  if (job.kind === "unrecognised") return { model: job.model, action: job.action, recognised: false };
  if (job.kind !== "record" || job.trigger !== "webhook" || job.action === null) return null;
  const unknown = job.action.startsWith("unrecognised:");
  return { model: job.model, action: job.action.replace(/^unrecognised:/, ""), recognised: !unknown };
}
