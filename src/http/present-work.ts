import type { Job, Run } from "../domain/runs.ts";

/** A job as the API shows it. */
export function presentJob({ org: _, ...job }: Job) {
  return { ...job, kind: "resync" as const, result: job.result };
}

/** A run as the API shows it. */
export function presentRun({ org: _, cursor: __, step: ___, heartbeat_at: ____, done, total, ...run }: Run) {
  return { ...run, progress: { done, total: total === null ? null : Math.max(total, done) } };
}
