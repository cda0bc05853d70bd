import type { Job, Run } from "../domain/runs.ts";
import type { MappingForecast } from "../sync/change-mapping.ts";

/** A job as the API shows it. */
export function presentJob({ org: _, ...job }: Job) {
  return { ...job, kind: "resync" as const, result: job.result };
}

/** A run as the API shows it. */
export function presentRun({ org: _, cursor: __, step: ___, heartbeat_at: ____, held, done, total, ...run }: Run) {
  const foreseen = held as MappingForecast | null;
  return {
    ...run,
    diff: foreseen?.diff ?? null,
    samples: foreseen?.samples ?? null,
    progress: { done, total: total === null ? null : Math.max(total, done) },
  };
}
