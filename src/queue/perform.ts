import type { Failure } from "../domain/failure.ts";
import type { RecordJob, SyncJob } from "../domain/job.ts";
import { ok, type Result } from "../platform/result.ts";
import type { SyncContext } from "../sync/context.ts";
import { performResync } from "../sync/perform-resync.ts";
import { performRunStep } from "../sync/runs/perform-run-step.ts";
import { startDue } from "../sync/runs/start-due.ts";
import { ensureSubscriptions } from "../sync/subscriptions.ts";
import { syncRecords } from "../sync/sync-records.ts";

/** Does one job by itself. */
export async function performOne(context: SyncContext, job: SyncJob): Promise<Result<null, Failure>> {
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
  jobs: RecordJob[],
): Promise<Result<unknown, Failure>[]> {
  const first = jobs[0];
  if (!first) return Promise.resolve([]);
  return syncRecords(context, org, jobs, { trigger: first.trigger, job: first.job, lane: "live", thorough: false });
}
