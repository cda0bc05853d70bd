import type { Failure } from "../domain/failure.ts";
import type { RecordMessage } from "../domain/queue-message.ts";
import { errorName } from "../platform/errors.ts";
import { log } from "../platform/log.ts";
import { err, type Result } from "../platform/result.ts";
import type { SyncContext } from "../sync/context.ts";
import { acknowledge } from "./acknowledge.ts";
import { failureOf } from "./failure-of.ts";
import type { Delivery, RecordGroup } from "./fold.ts";
import { performMessage, performRecords } from "./perform.ts";

const NO_RESULT: Failure = { kind: "unexpected", detail: "the work gave no result" };

/** Works one message and acknowledges it by what came of it. */
export async function handleMessage(context: SyncContext, delivery: Delivery): Promise<void> {
  const { message } = delivery;
  const result = await performMessage(context, message).catch(caught);
  await acknowledge(context, [delivery], result);
  if (result.ok && message.kind === "record") await resolveDeadLetters(context, message.org, [message]);
}

/** Works the distinct records of one org together; each is acknowledged by its own result. */
export async function handleRecords(context: SyncContext, { org, records }: RecordGroup): Promise<void> {
  const messages = records.map((record) => record.message);
  const results = await performGroup(context, org, messages);
  await Promise.all(
    records.map((record, index) => acknowledge(context, record.deliveries, results[index] ?? err(NO_RESULT))),
  );
  const synced = messages.filter((_, index) => results[index]?.ok);
  await resolveDeadLetters(context, org, synced);
}

/** What the database refuses for one record fails all that are saved with it: the group is halved until that one is alone. */
async function performGroup(
  context: SyncContext,
  org: string,
  messages: RecordMessage[],
): Promise<Result<unknown, Failure>[]> {
  try {
    return await performRecords(context, org, messages);
  } catch (error) {
    const failure = failureOf(error);
    if (failure.kind !== "unstorable" || messages.length === 1) return messages.map(() => err(failure));
    const half = Math.ceil(messages.length / 2);
    return [
      ...(await performGroup(context, org, messages.slice(0, half))),
      ...(await performGroup(context, org, messages.slice(half))),
    ];
  }
}

/** A bug, or a database that cannot be reached, becomes a failure: each message is then judged like any other. */
function caught(error: unknown): Result<never, Failure> {
  return err(failureOf(error));
}

/** A record that has been synced needs nobody's attention any more. That this cannot be noted fails nothing. */
async function resolveDeadLetters(context: SyncContext, org: string, messages: RecordMessage[]): Promise<void> {
  const trigger = messages[0]?.trigger;
  if (!trigger) return;
  try {
    for (const model of new Set(messages.map((message) => message.model))) {
      const ids = messages.filter((message) => message.model === model).map((message) => message.id);
      await context.deadLetters.resolveFor(org, model, ids, trigger, context.now());
    }
  } catch (error) {
    log("warn", "queue.resolve_dead_letters", { org, error: errorName(error) });
  }
}
