import type { Failure } from "../domain/failure.ts";
import type { RecordJob } from "../domain/job.ts";
import type { Job } from "../domain/runs.ts";
import { fail, ok, type Result } from "../platform/result.ts";
import { missingAccess } from "./access.ts";
import type { SyncContext } from "./context.ts";

/** Opens a manual resync of one case and queues it; the job in flight for that case is given again (R58). */
export async function requestResync(context: SyncContext, org: string, caseId: number): Promise<Result<Job, Failure>> {
  const missing = await missingAccess(context, org);
  if (missing) return fail(missing);
  const { job } = await context.jobs.open(org, caseId, context.now());
  // Also for a job that was open already: its message may have been lost, and a second one costs nothing.
  await context.enqueue("live", [workOf(job)]);
  return ok(job);
}

/** Queues every resync that somebody waits for, now that it can be done. */
export async function resumeResyncs(context: SyncContext, org: string): Promise<void> {
  await context.enqueue("live", (await context.jobs.unfinished(org)).map(workOf));
}

function workOf({ org, id, case_id }: Job): RecordJob {
  return { kind: "record", org, model: "case", id: case_id, trigger: "manual", action: null, job: id };
}
