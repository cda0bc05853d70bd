import type { z } from "@hono/zod-openapi";
import type { Resync } from "../../domain/resync.ts";
import type { Run } from "../../domain/run.ts";
import { heldOf } from "../../sync/runs/held.ts";
import type { jobSchema, runSchema } from "../schemas/work.ts";

/** A resync as the API shows it. */
export function presentJob({ org: _, ...resync }: Resync): z.infer<typeof jobSchema> {
  return { ...resync, kind: "resync" };
}

/** A run as the API shows it. */
export function presentRun(run: Run): z.infer<typeof runSchema> {
  const { org: _, cursor: __, step: ___, heartbeat_at: ____, held, done, total, ...shown } = run;
  const holds = heldOf(held);
  const preview = holds?.reason === "blast_guard" ? holds : null;
  return {
    ...shown,
    reason: holds?.reason ?? null,
    diff: preview?.diff ?? null,
    samples: preview?.samples ?? null,
    duration_ms: durationOf(run),
    progress: { done, total: total === null ? null : Math.max(total, done) },
  };
}

/** From its first step to its end, without the wait in the queue; null until it has ended. */
function durationOf({ started_at, finished_at }: Pick<Run, "started_at" | "finished_at">): number | null {
  return started_at === null || finished_at === null ? null : Date.parse(finished_at) - Date.parse(started_at);
}
