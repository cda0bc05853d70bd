import { disposition } from "../domain/disposition.ts";
import type { Failure } from "../domain/failure.ts";
import type { QueueMessage } from "../domain/queue-message.ts";
import { errorName } from "../platform/errors.ts";
import { log } from "../platform/log.ts";
import type { Result } from "../platform/result.ts";
import type { SyncContext } from "../sync/context.ts";
import { abandonResync } from "../sync/resync/perform-resync.ts";
import { failRun, postponeRun } from "../sync/runs/start-run.ts";
import { deadLetter } from "./dead-letter.ts";
import type { Delivered } from "./fold.ts";

const REQUEUE_AT_ATTEMPT = 90; // the queue gives a message up after 100 attempts

/** Acks, retries or buries the messages that asked for one piece of work, by what came of it. */
export async function acknowledge(
  context: SyncContext,
  deliveries: Delivered[],
  result: Result<unknown, Failure>,
): Promise<void> {
  for (const one of deliveries) {
    if (result.ok) {
      one.message.ack();
    } else await applyDisposition(context, one, result.failure);
  }
}

async function applyDisposition(context: SyncContext, { message, job }: Delivered, failure: Failure): Promise<void> {
  const decision = disposition(failure, message.attempts, Math.random());
  log(decision.do === "dead" ? "error" : "warn", "queue.failure", {
    org: job.org,
    kind: job.kind,
    id: job.kind === "record" ? job.id : null,
    failure: failure.kind,
    attempts: message.attempts,
    verdict: decision.do,
  });
  switch (decision.do) {
    case "ack":
      message.ack();
      await reportGivenUp(context, job, failure);
      return;
    case "hold":
      if (message.attempts >= REQUEUE_AT_ATTEMPT && (await requeue(context, message, job))) return;
      await waitFor(context, { message, job }, failure, decision.after);
      return;
    case "retry":
      await waitFor(context, { message, job }, failure, decision.after);
      return;
    case "dead":
      await reportGivenUp(context, job, failure);
      if (job.kind === "run")
        message.ack(); // the run itself says that it failed, and why
      else await deadLetter(context, message, failure);
  }
}

async function waitFor(context: SyncContext, { message, job }: Delivered, failure: Failure, seconds: number) {
  message.retry({ delaySeconds: seconds });
  if (job.kind === "run" && failure.kind !== "storage") await postponeRun(context, job, seconds);
}

/** An outage may last longer than a queue keeps a message, or repeats it: the same job goes in anew. */
async function requeue(context: SyncContext, message: Message, job: QueueMessage): Promise<boolean> {
  try {
    await context.enqueue("live", [job]);
    message.ack();
    return true;
  } catch (error) {
    log("warn", "queue.renew", { org: job.org, error: errorName(error) });
    return false;
  }
}

/** Whoever waits for the work is told that it will not be done. */
async function reportGivenUp(context: SyncContext, job: Delivered["job"], failure: Failure): Promise<void> {
  if (job.kind === "record" && job.trigger === "manual") await abandonResync(context, job, failure);
  if (job.kind === "run") await failRun(context, job, failure);
}
