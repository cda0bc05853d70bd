import { StorageUnavailable } from "../db/database.ts";
import type { Failure } from "../domain/failure.ts";
import { queueMessage, type RecordMessage } from "../domain/queue-message.ts";
import { errorName, stackFrames } from "../platform/errors.ts";
import { log } from "../platform/log.ts";
import { err, type Result } from "../platform/result.ts";
import type { SyncContext } from "../sync/context.ts";
import { acknowledge } from "./acknowledge.ts";
import { deadLetter } from "./dead-letter.ts";
import { type Delivered, type FoldedRecord, fold } from "./fold.ts";
import { performMessage, performRecords } from "./perform.ts";
import { countWebhooks } from "./webhook-stats.ts";

/** Takes a batch from the live or the bulk queue; every message is acked, retried or buried by itself. */
export async function consume(context: SyncContext, batch: MessageBatch): Promise<void> {
  const started = Date.now();
  const delivered: Delivered[] = [];
  for (const message of batch.messages) {
    const parsed = queueMessage.safeParse(message.body);
    if (parsed.success) delivered.push({ message, job: parsed.data });
    else await deadLetter(context, message, { kind: "malformed", detail: "the message is no job that is known here" });
  }
  const { records, single } = fold(delivered);
  const work = [
    ...single.map((one) => handleMessage(context, one)),
    ...records.map(({ org, wanted }) => syncFolded(context, org, wanted)),
    countAll(context, delivered),
  ];
  await Promise.all(work);
  const figures = {
    messages: batch.messages.length,
    distinct: single.length + records.reduce((sum, group) => sum + group.wanted.length, 0),
    oldest_ms: Math.max(0, ...batch.messages.map((message) => started - message.timestamp.getTime())),
    ms: Date.now() - started,
  };
  log("info", "queue.batch", { queue: batch.queue, ...figures });
  context.measure("queue.batch", null, [batch.queue], Object.values(figures));
}

async function syncFolded(context: SyncContext, org: string, folded: FoldedRecord[]): Promise<void> {
  const jobs = folded.map((one) => one.job);
  const results = await catchFailures(jobs.length, () => performRecords(context, org, jobs));
  await Promise.all(folded.map((one, index) => acknowledge(context, one.deliveries, results[index] ?? err(NO_RESULT))));
  await resolveDeadLetters(
    context,
    org,
    jobs.filter((_, index) => results[index]?.ok),
  );
}

async function handleMessage(context: SyncContext, one: Delivered): Promise<void> {
  const result = await catchFailure(() => performMessage(context, one.job));
  await acknowledge(context, [one], result);
  if (result.ok && one.job.kind === "record") await resolveDeadLetters(context, one.job.org, [one.job]);
}

/** What syncs after all needs nobody's attention any more. That this cannot be noted does not hold up the work. */
async function resolveDeadLetters(context: SyncContext, org: string, jobs: RecordMessage[]): Promise<void> {
  const trigger = jobs[0]?.trigger;
  if (!trigger) return;
  try {
    for (const model of new Set(jobs.map((job) => job.model))) {
      const ids = jobs.filter((job) => job.model === model).map((job) => job.id);
      await context.deadLetters.resolveFor(org, model, ids, trigger, context.now());
    }
  } catch (error) {
    log("warn", "queue.letters", { org, error: errorName(error) });
  }
}

const NO_RESULT: Failure = { kind: "unexpected", detail: "the work gave no result" };

/** A bug, or a database that cannot be reached, becomes a failure: each message is then judged like any other. */
async function catchFailure(work: () => Promise<Result<unknown, Failure>>): Promise<Result<unknown, Failure>> {
  try {
    return await work();
  } catch (error) {
    return err(asFailure(error));
  }
}

async function catchFailures(
  count: number,
  work: () => Promise<Result<unknown, Failure>[]>,
): Promise<Result<unknown, Failure>[]> {
  try {
    return await work();
  } catch (error) {
    return new Array(count).fill(err(asFailure(error)));
  }
}

function asFailure(error: unknown): Failure {
  if (error instanceof StorageUnavailable) return { kind: "storage", detail: "the database could not be reached" };
  log("error", "queue.unexpected", { error: errorName(error), stack: stackFrames(error) });
  return { kind: "unexpected", detail: `an unexpected ${errorName(error)}` };
}

/** The counters are for people to look at; that they cannot be written does not hold up the work. */
async function countAll(context: SyncContext, delivered: Delivered[]): Promise<void> {
  const now = context.now();
  try {
    for (const [org, counts] of countWebhooks(delivered, now)) await context.webhookStats.received(org, counts, now);
  } catch (error) {
    log("warn", "queue.counters", { error: errorName(error) });
  }
}
