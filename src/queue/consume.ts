import { queueMessage } from "../domain/queue-message.ts";
import { createGate, inParallel } from "../platform/concurrency.ts";
import { log } from "../platform/log.ts";
import type { SyncContext } from "../sync/context.ts";
import { isOfRun, splitByBudget } from "./budget.ts";
import { type Delivery, type Folded, fold } from "./fold.ts";
import { handleMessage, handleRecords } from "./handle.ts";
import { postpone } from "./postpone.ts";
import { handleUnknownMessage } from "./unknown-message.ts";
import { saveWebhookCounts } from "./webhook-stats.ts";

const MAX_RUNS_AT_ONCE = 4; // of the six connections that an invocation may hold open
const MAX_CONCURRENT_REQUESTS = 5; // a further one would wait for a connection; one stays free for the database

/** Works a batch of the live or the bulk queue; each message is acknowledged, retried or dead-lettered by itself. */
export async function consume(sync: SyncContext, batch: MessageBatch): Promise<void> {
  const started = Date.now();
  const gate = createGate(MAX_CONCURRENT_REQUESTS);
  const context: SyncContext = { ...sync, mycase: (org, lane) => sync.mycase(org, lane, gate) };
  const { deliveries, unknown } = parseBatch(batch);
  const { now, later } = splitByBudget(fold(deliveries));
  const ofRuns = now.single.filter(({ message }) => isOfRun(message));
  const others = now.single.filter(({ message }) => !isOfRun(message));
  await Promise.all([
    inParallel(ofRuns, MAX_RUNS_AT_ONCE, (delivery) => handleMessage(context, delivery)),
    ...others.map((delivery) => handleMessage(context, delivery)),
    ...now.groups.map((group) => handleRecords(context, group)),
    ...unknown.map((raw) => handleUnknownMessage(context, raw)),
    postpone(context, later),
    saveWebhookCounts(
      context,
      deliveries.filter((delivery) => !later.includes(delivery)),
    ),
  ]);
  report(context, batch, { ...now, postponed: later.length, started });
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

function report(
  context: SyncContext,
  batch: MessageBatch,
  { single, groups, postponed, started }: Folded & { postponed: number; started: number },
): void {
  const figures = {
    messages: batch.messages.length,
    distinct: single.length + groups.reduce((sum, group) => sum + group.records.length, 0),
    oldest_ms: Math.max(0, ...batch.messages.map((raw) => started - raw.timestamp.getTime())),
    ms: Date.now() - started,
    postponed,
  };
  log("info", "queue.batch", { queue: batch.queue, ...figures });
  context.measure("queue.batch", null, [batch.queue], Object.values(figures));
}
