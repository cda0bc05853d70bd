import type { Failure } from "../../../domain/failure.ts";
import { scopeOf } from "../../../domain/scope.ts";
import { ok, type Result } from "../../../platform/result.ts";
import { deriveAndCommit } from "../../derive-and-commit.ts";
import { nextStage } from "../cursor.ts";
import { approvalGuard } from "../run-guard.ts";
import { progress, type StepInput, type StepResult } from "../step.ts";

const PAGE = 500;

/** Applies the next page of what was approved, as it was shown; a case that would be harmed otherwise by now stays held. */
export async function release({
  context,
  run,
  cursor,
  stage,
}: StepInput<"release">): Promise<Result<StepResult, Failure>> {
  const approved = await context.heldCases.list(run, { after: stage.after, limit: PAGE });
  const ids = approved.map(({ case_id }) => case_id);
  const scope = scopeOf("case", ids);
  const committed = await deriveAndCommit(context, {
    org: run.org,
    scope,
    cause: { trigger: run.kind, job: run.id },
    loaded: await context.store.load(run.org, scope),
    release: new Set(ids),
    guard: approvalGuard(approved),
  });
  if (!committed.ok) return committed;
  const last = ids.at(-1);
  const done = ids.length < PAGE || last === undefined;
  const counts = { changed: committed.value.changes.length };
  return ok({
    kind: "advanced",
    cursor: done ? nextStage(cursor) : { ...cursor, current: { ...stage, after: last } },
    progress: progress({ counts, rows_written: committed.value.rowsWritten }),
  });
}
