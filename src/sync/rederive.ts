import type { Failure } from "../domain/failure.ts";
import type { Run } from "../domain/runs.ts";
import type { Result } from "../platform/result.ts";
import type { SyncContext } from "./context.ts";
import { startRun } from "./runs/start-run.ts";

/**
 * Derives everything pulled anew, from the mirror alone; after somebody has changed what derivation is told. What is held
 * was weighed without that, and is weighed anew.
 */
export async function rederive(context: SyncContext, org: string, trigger: string): Promise<Result<Run, Failure>> {
  await context.runs.supersede(org, { kind: "mapping", heldOnly: true, by: "setting" }, context.now());
  return startRun(context, org, "mapping", trigger);
}
