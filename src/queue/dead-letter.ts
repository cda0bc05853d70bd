import { addressOf } from "../domain/queue-message.ts";
import type { SyncContext } from "../sync/context.ts";

/** Stores a message as a dead letter of its org, then acks it; throws while it cannot be stored. */
export async function deadLetter(
  context: SyncContext,
  raw: Message,
  why: { kind: string; detail: string },
): Promise<void> {
  const { org, model, id } = addressOf(raw.body);
  const namesRecord = model !== null && id !== null;
  await context.deadLetters.add(org, {
    id: raw.id,
    message: raw.body,
    model: namesRecord ? model : null,
    record_id: namesRecord ? id : null,
    code: why.kind,
    detail: why.detail,
    attempts: raw.attempts,
    created_at: context.now().toISOString(),
  });
  raw.ack();
}

/**
 * Works the dead-letter queue: what ran out of retries, mostly because the database was gone all the while. Throws when
 * some could not be stored, after the others have been.
 */
export async function storeDeadLetters(context: SyncContext, batch: MessageBatch): Promise<void> {
  const why = { kind: "unexpected", detail: "the message ran out of retries" };
  const stored = await Promise.allSettled(batch.messages.map((raw) => deadLetter(context, raw, why)));
  const refused = stored.find((outcome) => outcome.status === "rejected");
  if (refused) throw refused.reason;
}
