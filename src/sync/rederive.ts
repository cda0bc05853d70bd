import type { Failure } from "../domain/failure.ts";
import type { Run } from "../domain/run.ts";
import type { Result } from "../platform/result.ts";
import type { SyncContext } from "./context.ts";
import { startRun } from "./runs/start-run.ts";

/** Derives everything pulled anew, from the mirror alone; after a change of what derivation is told. */
export function rederive(context: SyncContext, org: string, trigger: string): Promise<Result<Run, Failure>> {
  return startRun(context, org, "mapping", trigger);
}
