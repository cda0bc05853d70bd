import type { Failure } from "../../../domain/failure.ts";
import { ok, type Result } from "../../../platform/result.ts";
import { dryRun } from "../../mapping/dry-run.ts";
import { currentConfig } from "../../org-config.ts";
import { nextStage } from "../cursor.ts";
import { progress, type StepInput, type StepResult } from "../step.ts";
import { exceedsGuard } from "./page-guard.ts";

/** Evaluates the blast guard over everything that the run is about to derive, before any of it is saved. */
export async function guard({ context, run, cursor }: StepInput<"guard">): Promise<Result<StepResult, Failure>> {
  const passed: StepResult = { kind: "advanced", cursor: nextStage(cursor), progress: progress({}) };
  const versioned = await currentConfig(context, run.org);
  const mapping = versioned?.config.mapping;
  if (!mapping || cursor.approved) return ok(passed);
  const { tally, liveProjects } = await dryRun(context, run.org, versioned.config);
  const preview = exceedsGuard(tally, liveProjects, mapping.document);
  return ok(preview ? { kind: "held", cursor, preview } : passed);
}
