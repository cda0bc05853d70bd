import { disposition } from "../domain/disposition.ts";
import type { Failure } from "../domain/failure.ts";
import type { QueueMessage } from "../domain/queue-message.ts";
import { errorName, stackFrames } from "../platform/errors.ts";
import { log } from "../platform/log.ts";
import type { Result } from "../platform/result.ts";
import type { SyncContext } from "../sync/context.ts";
import { abandonResync } from "../sync/resync/abandon-resync.ts";
import { failRun } from "../sync/runs/finish.ts";
import { postponeRun } from "../sync/runs/resume.ts";
import { nearsLastAttempt } from "./attempts.ts";
import { deadLetter } from "./dead-letter.ts";
import type { Delivery } from "./fold.ts";

const RETRY_S = 60;
const MAX_DELAY_S = 43_200; // Queues refuses a longer one

/** Acks, retries or dead-letters the deliveries of one piece of work, by its result; never throws. */
export async function acknowledge(
  context: SyncContext,
  deliveries: Delivery[],
  result: Result<unknown, Failure>,
): Promise<void> {
  for (const delivery of deliveries) {
    try {
      if (result.ok) delivery.raw.ack();
      else await applyDisposition(context, delivery, result.failure);
    } catch (error) {
      log("error", "queue.acknowledge", {
        org: delivery.message.org,
        error: errorName(error),
        stack: stackFrames(error),
      });
      delivery.raw.retry({ delaySeconds: RETRY_S }); // unless it was acked or retried before
    }
  }
}

async function applyDisposition(context: SyncContext, { raw, message }: Delivery, failure: Failure): Promise<void> {
  const decision = disposition(failure, raw.attempts, Math.random());
  log(decision.kind === "dead" ? "error" : "warn", "queue.failure", {
    org: message.org,
    kind: message.kind,
    id: message.kind === "record" ? message.id : null,
    failure: failure.kind,
    attempts: raw.attempts,
    disposition: decision.kind,
  });
  switch (decision.kind) {
    case "ack":
      await reportGivenUp(context, message, failure);
      raw.ack();
      return;
    case "wait":
      if (nearsLastAttempt(raw) && (await requeue(context, { raw, message }))) return;
      await retryLater(context, { raw, message }, failure, decision.delayS);
      return;
    case "retry":
      await retryLater(context, { raw, message }, failure, decision.delayS);
      return;
    case "dead":
      await reportGivenUp(context, message, failure);
      if (message.kind === "run")
        raw.ack(); // the run itself says that it failed, and why
      else await deadLetter(context, raw, failure);
  }
}

async function retryLater(context: SyncContext, { raw, message }: Delivery, failure: Failure, delaySeconds: number) {
  raw.retry({ delaySeconds: Math.min(delaySeconds, MAX_DELAY_S) });
  if (message.kind === "run" && failure.kind !== "storage") await postponeRun(context, message, delaySeconds);
}

/** An outage may last longer than a queue repeats a message: the same message is sent anew, then acked. */
async function requeue(context: SyncContext, { raw, message }: Delivery): Promise<boolean> {
  try {
    await context.enqueue([message]);
    raw.ack();
    return true;
  } catch (error) {
    log("warn", "queue.requeue", { org: message.org, error: errorName(error) });
    return false;
  }
}

/** Whoever waits for the work learns that it will not be done. */
async function reportGivenUp(context: SyncContext, message: QueueMessage, failure: Failure): Promise<void> {
  if (message.kind === "record" && message.trigger === "manual") await abandonResync(context, message, failure);
  if (message.kind === "run") await failRun(context, message, failure);
}
