import { queueMessage } from "../domain/queue-message.ts";
import { log } from "../platform/log.ts";
import type { SyncContext } from "../sync/context.ts";
import { type Delivery, type Folded, fold } from "./fold.ts";
import { handleMessage, handleRecords } from "./handle.ts";
import { handleUnknownMessage } from "./unknown-message.ts";
import { saveWebhookCounts } from "./webhook-stats.ts";

/** Works a batch of the live or the bulk queue; each message is acknowledged, retried or dead-lettered by itself. */
export async function consume(context: SyncContext, batch: MessageBatch): Promise<void> {
  const started = Date.now();
  const { deliveries, unknown } = parseBatch(batch);
  const folded = fold(deliveries);
  await Promise.all([
    ...folded.single.map((delivery) => handleMessage(context, delivery)),
    ...folded.groups.map((group) => handleRecords(context, group)),
    ...unknown.map((raw) => handleUnknownMessage(context, raw)),
    saveWebhookCounts(context, deliveries),
  ]);
  report(context, batch, folded, started);
}

function parseBatch(batch: MessageBatch): { deliveries: Delivery[]; unknown: Message[] } {
  const deliveries: Delivery[] = [];
  const unknown: Message[] = [];
  for (const raw of batch.messages) {
    const parsed = queueMessage.safeParse(raw.body);
    if (parsed.success) deliveries.push({ raw, message: parsed.data });
    else unknown.push(raw);
  }
  return { deliveries, unknown };
}

function report(context: SyncContext, batch: MessageBatch, { single, groups }: Folded, started: number): void {
  const figures = {
    messages: batch.messages.length,
    distinct: single.length + groups.reduce((sum, group) => sum + group.records.length, 0),
    oldest_ms: Math.max(0, ...batch.messages.map((raw) => started - raw.timestamp.getTime())),
    ms: Date.now() - started,
  };
  log("info", "queue.batch", { queue: batch.queue, ...figures });
  context.measure("queue.batch", null, [batch.queue], Object.values(figures));
}
