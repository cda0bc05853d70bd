import type { Failure } from "../../domain/failure.ts";
import { isEssential, type Model } from "../../domain/resources.ts";
import { inParallel } from "../../platform/concurrency.ts";
import { ok, type Result } from "../../platform/result.ts";
import { MAX_CONCURRENT_READS } from "../records/fetch-by-id.ts";
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
  const listed: Model[] = [];
  let total = 0;
  for (const stage of stages) {
    switch (stage.kind) {
      case "list":
        listed.push(stage.model);
        break;
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
  const counts = await inParallel(listed, MAX_CONCURRENT_READS, (model) => mycase.count(model));
  for (const [index, counted] of counts.entries()) {
    if (counted.ok) total += counted.value;
    else if (isEssential(listed[index] as Model)) return counted;
  }
  return ok(total);
}
