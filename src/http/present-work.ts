import type { Resync, Run } from "../domain/run.ts";
import type { MappingPreview } from "../sync/mapping/change-mapping.ts";

/** A job as the API shows it. */
export function presentJob({ org: _, ...job }: Resync) {
  return { ...job, kind: "resync" as const, result: job.result };
}

/** A run as the API shows it. */
export function presentRun({ org: _, cursor: __, step: ___, heartbeat_at: ____, held, done, total, ...run }: Run) {
  const foreseen = held as MappingPreview | null;
  return {
    ...run,
    diff: foreseen?.diff ?? null,
    samples: foreseen?.samples ?? null,
    duration_ms: durationOf(run),
    progress: { done, total: total === null ? null : Math.max(total, done) },
  };
}

/** From its first step to its end; null until it has ended. Waiting in the queue is no part of it. */
function durationOf({ started_at, finished_at }: Pick<Run, "started_at" | "finished_at">): number | null {
  return started_at === null || finished_at === null ? null : Date.parse(finished_at) - Date.parse(started_at);
}
