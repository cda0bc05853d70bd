import type { Failure } from "../domain/failure.ts";
import type { RecordJob, SyncJob } from "../domain/job.ts";
import { ok, type Result } from "../platform/result.ts";
import type { SyncContext } from "../sync/context.ts";
import { performResync } from "../sync/perform-resync.ts";
import { performRunStep } from "../sync/runs/perform-run-step.ts";
import { ensureSubscriptions } from "../sync/subscriptions.ts";
import { syncRecords } from "../sync/sync-records.ts";

const RECORDS_TOGETHER = 25; // one commit for all of them; more would make a conflict dearer than what it saves

/** Does one job by itself. */
export async function performOne(context: SyncContext, job: SyncJob): Promise<Result<null, Failure>> {
  switch (job.kind) {
    case "record":
      return performResync(context, job);
    case "run":
      return performRunStep(context, job);
    case "subscribe":
      return ensureSubscriptions(context, job.org, job.origin);
    case "unrecognised":
      return ok(null); // it has been counted, and there is nothing to read
  }
}

/** Syncs distinct records of one org; one result for each, in their order. */
export async function performRecords(
  context: SyncContext,
  org: string,
  jobs: RecordJob[],
): Promise<Result<unknown, Failure>[]> {
  const results: Result<unknown, Failure>[] = [];
  for (let start = 0; start < jobs.length; start += RECORDS_TOGETHER) {
    const some = jobs.slice(start, start + RECORDS_TOGETHER);
    const first = some[0];
    if (!first) break;
    const cause = { trigger: first.trigger, job: first.job, lane: "live", thorough: false } as const;
    results.push(...(await syncRecords(context, org, some, cause)));
  }
  return results;
}
