import { disposition } from "../domain/disposition.ts";
import type { Failure } from "../domain/failure.ts";
import type { SyncJob } from "../domain/job.ts";
import { log } from "../platform/log.ts";
import type { Result } from "../platform/result.ts";
import type { SyncContext } from "../sync/context.ts";
import { abandonResync } from "../sync/perform-resync.ts";
import { failRun, postponeRun } from "../sync/runs/start-run.ts";
import { bury } from "./bury.ts";
import type { Delivered } from "./fold.ts";

const RENEW_AT = 90; // the queue gives a message up after 100 attempts

/** Acks, retries or buries the messages that asked for one piece of work, by what came of it. */
export async function conclude(
  context: SyncContext,
  deliveries: Delivered[],
  result: Result<unknown, Failure>,
): Promise<void> {
  for (const one of deliveries) {
    if (result.ok) {
      one.message.ack();
    } else await dispose(context, one, result.failure);
  }
}

async function dispose(context: SyncContext, { message, job }: Delivered, failure: Failure): Promise<void> {
  const verdict = disposition(failure, message.attempts, Math.random());
  log(verdict.do === "dead" ? "error" : "warn", "queue.failure", {
    org: job.org,
    kind: job.kind,
    id: job.kind === "record" ? job.id : null,
    failure: failure.kind,
    attempts: message.attempts,
    verdict: verdict.do,
  });
  switch (verdict.do) {
    case "ack":
      message.ack();
      await giveUp(context, job, failure);
      return;
    case "hold":
      if (message.attempts >= RENEW_AT && (await renew(context, message, job))) return;
      await waitFor(context, { message, job }, failure, verdict.after);
      return;
    case "retry":
      await waitFor(context, { message, job }, failure, verdict.after);
      return;
    case "dead":
      await giveUp(context, job, failure);
      if (job.kind === "run")
        message.ack(); // the run itself says that it failed, and why
      else await bury(context, message, failure);
  }
}

async function waitFor(context: SyncContext, { message, job }: Delivered, failure: Failure, seconds: number) {
  message.retry({ delaySeconds: seconds });
  if (job.kind === "run" && failure.kind !== "storage") await postponeRun(context, job, seconds);
}

/** An outage may last longer than a queue keeps a message, or repeats it: the same job goes in anew. */
async function renew(context: SyncContext, message: Message, job: SyncJob): Promise<boolean> {
  try {
    await context.enqueue("live", [job]);
    message.ack();
    return true;
  } catch (error) {
    log("warn", "queue.renew", { org: job.org, error: error instanceof Error ? error.name : typeof error });
    return false;
  }
}

/** Whoever waits for the work is told that it will not be done. */
async function giveUp(context: SyncContext, job: Delivered["job"], failure: Failure): Promise<void> {
  if (job.kind === "record" && job.trigger === "manual") await abandonResync(context, job, failure);
  if (job.kind === "run") await failRun(context, job, failure);
}
