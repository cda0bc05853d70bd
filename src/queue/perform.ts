import type { Failure } from "../domain/failure.ts";
import type { QueueMessage, RecordMessage } from "../domain/queue-message.ts";
import { ok, type Result } from "../platform/result.ts";
import type { SyncContext } from "../sync/context.ts";
import { syncRecords } from "../sync/records/sync-records.ts";
import { performResync } from "../sync/resync/perform-resync.ts";
import { performRunStep } from "../sync/runs/perform-run-step.ts";
import { startDue } from "../sync/runs/start-due.ts";
import { ensureSubscriptions } from "../sync/webhooks/subscriptions.ts";

/** Does one job by itself. */
export async function performMessage(context: SyncContext, job: QueueMessage): Promise<Result<null, Failure>> {
  switch (job.kind) {
    case "record":
      return performResync(context, job);
    case "run":
      return performRunStep(context, job);
    case "start":
      return startDue(context, job);
    case "subscribe":
      return ensureSubscriptions(context, job.org);
    case "unrecognised":
      return ok(null); // it has been counted, and there is nothing to read
  }
}

/** Syncs distinct records of one org, asked for by one kind of trigger; one result for each, in their order. */
export function performRecords(
  context: SyncContext,
  org: string,
  jobs: RecordMessage[],
): Promise<Result<unknown, Failure>[]> {
  const first = jobs[0];
  if (!first) return Promise.resolve([]);
  return syncRecords(context, org, jobs, {
    trigger: first.trigger,
    job: first.job,
    lane: "live",
    refreshAllPeople: false,
  });
}
