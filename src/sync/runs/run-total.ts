import type { Failure } from "../../domain/failure.ts";
import type { Run } from "../../domain/run.ts";
import { ok, type Result } from "../../platform/result.ts";
import type { SyncContext } from "../context.ts";
import type { RunCursor } from "./cursor.ts";

/**
 * How many records a run will go through: MyCase's own counts for its listings, ours for its walks. Null for the short
 * runs, where counting would cost as much as the run.
 */
export async function totalOf(
  context: SyncContext,
  run: Run,
  cursor: RunCursor,
): Promise<Result<{ total: number | null; requests: number }, Failure>> {
  if (run.kind === "poll" || run.kind === "team") return ok({ total: null, requests: 0 });
  const mycase = context.mycase(run.org, "bulk");
  let total = 0;
  for (const stage of cursor.stages) {
    if (stage.do === "guard" || stage.do === "sweep") continue;
    if (stage.do === "walk") {
      total += await context.scans.count(run.org, stage.walk);
      continue;
    }
    const counted = await mycase.count(stage.model);
    if (!counted.ok) return counted;
    total += counted.value;
  }
  return ok({ total, requests: mycase.requests() });
}
