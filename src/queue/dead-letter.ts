import type { Failure } from "../domain/failure.ts";
import { queueMessage } from "../domain/queue-message.ts";
import { errorName } from "../platform/errors.ts";
import { log } from "../platform/log.ts";
import type { SyncContext } from "../sync/context.ts";

const RETRY_S = 60;

/** Stores a message as a dead letter and acks it; while that cannot be done the message stays in its queue. */
export async function deadLetter(context: SyncContext, raw: Message, failure: Failure): Promise<void> {
  const parsed = queueMessage.safeParse(raw.body);
  const message = parsed.success ? parsed.data : null;
  try {
    await context.deadLetters.add(message?.org ?? "", {
      id: raw.id,
      message: raw.body,
      model: message?.kind === "record" ? message.model : null,
      record_id: message?.kind === "record" ? message.id : null,
      code: failure.kind,
      detail: failure.detail,
      attempts: raw.attempts,
      created_at: context.now().toISOString(),
    });
    raw.ack();
  } catch (error) {
    log("error", "queue.dead_letter", { error: errorName(error) });
    raw.retry({ delaySeconds: RETRY_S });
  }
}

/** Works the dead-letter queue: what ran out of retries, mostly because the database was gone all the while. */
export async function storeDeadLetters(context: SyncContext, batch: MessageBatch): Promise<void> {
  const failure: Failure = { kind: "unexpected", detail: "the message ran out of retries" };
  for (const raw of batch.messages) await deadLetter(context, raw, failure);
}
