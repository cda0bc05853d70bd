import { POLL_INTERVAL_MS } from "../domain/poll-interval.ts";
import { errorName, stackFrames } from "../platform/errors.ts";
import { log } from "../platform/log.ts";
import { nearsLastAttempt } from "./attempts.ts";
import { findQueueRole, type QueueRole } from "./queue-role.ts";

const RETRY_S = POLL_INTERVAL_MS / 1000; // a repaired deployment works what waits within one poll

/**
 * Keeps every message of a batch that could not be worked: a bad deployment loses nothing. What has almost run out of
 * attempts is sent anew, which needs nothing but the queue.
 */
export async function retainBatch(
  batch: MessageBatch,
  queues: Record<QueueRole, Queue<unknown>>,
  error: unknown,
): Promise<void> {
  const figures = { queue: batch.queue, messages: batch.messages.length };
  log("error", "queue.batch_retained", { ...figures, error: errorName(error), stack: stackFrames(error) });
  const role = findQueueRole(batch.queue);
  const last = role === null ? [] : batch.messages.filter(nearsLastAttempt);
  if (role !== null) await Promise.all(last.map((raw) => sendAnew(queues[role], raw)));
  batch.retryAll({ delaySeconds: RETRY_S }); // those that were acked before stay acked
}

async function sendAnew(queue: Queue<unknown>, raw: Message): Promise<void> {
  try {
    await queue.send(raw.body, { delaySeconds: RETRY_S });
    raw.ack();
  } catch (error) {
    log("error", "queue.requeue", { message: raw.id, error: errorName(error) });
  }
}
