import type { Failure } from "../../domain/failure.ts";
import type { Run, RunKind } from "../../domain/runs.ts";
import { fail, ok, type Result } from "../../platform/result.ts";
import type { SyncContext } from "../context.ts";
import { firmConfig } from "../firm-config.ts";
import { firstCursor } from "./cursor.ts";
import { stagesOf } from "./stages.ts";

const SILENT_MS = 60_000; // a run without a sign of life for this long is taken up again

/** Starts a run, or gives the one of its kind that is in flight; one whose work was lost is taken up again. */
export async function startRun(
  context: SyncContext,
  org: string,
  kind: RunKind,
  trigger: string,
): Promise<Result<Run, Failure>> {
  if (kind !== "mapping") {
    const { state } = await context.connection(org).status();
    if (state === "not_connected")
      return fail({ kind: "not_connected", detail: "The org has no connection to MyCase." });
  }
  const dated = await firmConfig(context.configs, org, 0);
  if (!dated) return fail({ kind: "not_found", detail: "There is no such org." });
  const cursor = firstCursor(stagesOf(kind, dated.config.pullLeadObjects));
  const { run, opened } = await context.runs.open(org, kind, trigger, cursor, context.now());
  if (opened || isLost(run, context.now())) await resumeRun(context, run);
  return ok(run);
}

/** Queues the step that is next. Safe to repeat: a step that has been done is passed over. */
export async function resumeRun(context: SyncContext, run: Run): Promise<void> {
  await context.runs.beat(run, context.now());
  await context.enqueue("bulk", [{ kind: "run", org: run.org, run: run.id, step: run.step }]);
}

/** Takes up every run, of any org, whose work was lost. */
export async function resumeLostRuns(context: SyncContext): Promise<number> {
  const lost = await context.runs.lost(new Date(context.now().getTime() - SILENT_MS));
  for (const run of lost) await resumeRun(context, run);
  return lost.length;
}

/** Ends a run that is open; null when there is none of that id. */
export async function cancelRun(context: SyncContext, org: string, id: string): Promise<Run | null> {
  const run = await context.runs.get(org, id);
  if (run) await context.runs.end(run, "cancelled", null, context.now());
  return run && context.runs.get(org, id);
}

function isLost(run: Run, now: Date): boolean {
  return run.state !== "held" && now.getTime() - Date.parse(run.heartbeat_at) > SILENT_MS;
}
