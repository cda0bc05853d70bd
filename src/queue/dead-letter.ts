import type { Failure } from "../domain/failure.ts";
import { queueMessage } from "../domain/queue-message.ts";
import { errorName } from "../platform/errors.ts";
import { log } from "../platform/log.ts";
import type { SyncContext } from "../sync/context.ts";

/** Keeps a message in the dead-letter table and acks it; while that cannot be done the message stays in its queue. */
export async function deadLetter(context: SyncContext, message: Message, failure: Failure): Promise<void> {
  const parsed = queueMessage.safeParse(message.body);
  const job = parsed.success ? parsed.data : null;
  try {
    await context.deadLetters.add(job?.org ?? "", {
      id: message.id,
      message: message.body,
      model: job?.kind === "record" ? job.model : null,
      record_id: job?.kind === "record" ? job.id : null,
      code: failure.kind,
      detail: failure.detail,
      attempts: message.attempts,
      created_at: context.now().toISOString(),
    });
    message.ack();
  } catch (error) {
    log("error", "queue.bury", { error: errorName(error) });
    message.retry({ delaySeconds: 60 });
  }
}

/** The dead-letter queue: what ran out of retries, mostly because the database was gone all the while. */
export async function storeDeadLetters(context: SyncContext, batch: MessageBatch): Promise<void> {
  const failure: Failure = { kind: "unexpected", detail: "the message ran out of retries" };
  for (const message of batch.messages) await deadLetter(context, message, failure);
}
