import type { Failure } from "../../domain/failure.ts";
import { ok, type Result } from "../../platform/result.ts";
import type { Stage, StageKind } from "./stages.ts";
import type { StepInput } from "./step.ts";

/** How many records the run's stages will go through: MyCase's own counts for its listings, ours for scans. */
export async function countTotal({
  context,
  run,
  cursor,
  mycase,
}: StepInput<StageKind>): Promise<Result<number, Failure>> {
  const stages: Stage[] = cursor.current ? [cursor.current, ...cursor.upcoming] : [];
  let total = 0;
  for (const stage of stages) {
    switch (stage.kind) {
      case "list": {
        const counted = await mycase.count(stage.model);
        if (!counted.ok) return counted;
        total += counted.value;
        break;
      }
      case "scan":
        total += await context.scans.count(run.org, stage.scan);
        break;
      case "guard":
      case "reconcile":
      case "review":
      case "release":
        break;
    }
  }
  return ok(total);
}
