import type { Failure } from "../../domain/failure.ts";
import type { Run } from "../../domain/run.ts";
import type { RunKind } from "../../domain/run-kinds.ts";
import { ok, type Result } from "../../platform/result.ts";
import type { SyncContext } from "../context.ts";
import { type OpenOptions, openRun } from "./open.ts";
import { resumeRun } from "./resume.ts";

/** Starts a run, or gives the one of its kind that is in flight; one whose work was lost is taken up again. */
export async function startRun(
  context: SyncContext,
  org: string,
  kind: RunKind,
  options: Omit<OpenOptions, "begun">,
): Promise<Result<Run, Failure>> {
  const opened = await openRun(context, org, kind, options);
  if (!opened.ok) return opened;
  const { run, idle } = opened.value;
  if (idle) await resumeRun(context, run);
  return ok(run);
}

/**
 * Starts the run that applies a mapping whose effects somebody has seen. What an earlier derivation was to do, held or
 * not, was among those effects: this run takes its place.
 */
export async function startConfirmed(context: SyncContext, org: string): Promise<Result<Run, Failure>> {
  await context.runs.supersede(org, { kind: "mapping", heldOnly: false, by: "mapping" }, context.now());
  return startRun(context, org, "mapping", { trigger: "mapping_change", guard: "skip" });
}
