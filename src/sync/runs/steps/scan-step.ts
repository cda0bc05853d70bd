import { scopeOfScan } from "../../../db/stores/scan-store.ts";
import type { Failure } from "../../../domain/failure.ts";
import type { Run } from "../../../domain/run.ts";
import { ok, type Result } from "../../../platform/result.ts";
import type { SyncContext } from "../../context.ts";
import { deriveAndCommit } from "../../derive-and-commit.ts";
import { nextStage, type RunCursor } from "../cursor.ts";
import type { Stage } from "../stages.ts";
import type { StepResult } from "./list-step.ts";

type WalkStage = Extract<Stage, { do: "walk" }>;

const PAGE = 500;

/** Derives the next few of what is here already; MyCase is not asked. */
export async function scanStep(
  context: SyncContext,
  run: Run,
  cursor: RunCursor,
  stage: WalkStage,
): Promise<Result<StepResult, Failure>> {
  const ids = await context.scans.idsAfter(run.org, stage.walk, cursor.after, PAGE);
  const scope = scopeOfScan(stage.walk, ids);
  const loaded = await context.store.load(run.org, scope);
  const cause = { trigger: run.kind, job: run.id };
  const settled = await deriveAndCommit(context, { org: run.org, scope, cause, loaded });
  if (!settled.ok) return settled;
  const last = ids.at(-1);
  return ok({
    cursor: ids.length < PAGE || last === undefined ? nextStage(cursor) : { ...cursor, after: last },
    done: ids.length,
    total: null,
    counts: { [`derived_${stage.walk}`]: ids.length, changed: settled.value.changes.length },
    mycase_requests: 0,
    rows_written: settled.value.rowsWritten,
    errors: [],
  });
}
