import { scopeOfScan } from "../../../db/stores/scan-store.ts";
import type { Failure } from "../../../domain/failure.ts";
import { ok, type Result } from "../../../platform/result.ts";
import { deriveAndCommit } from "../../derive-and-commit.ts";
import { nextStage } from "../cursor.ts";
import { guardOf } from "../run-guard.ts";
import { progress, type StepInput, type StepResult } from "../step.ts";

const PAGE = 500;

/** Derives the next page of what is here already. */
export async function scan({ context, run, cursor, stage }: StepInput<"scan">): Promise<Result<StepResult, Failure>> {
  const ids = await context.scans.idsAfter(run.org, stage.scan, stage.after, PAGE);
  const scope = scopeOfScan(stage.scan, ids);
  const loaded = await context.store.load(run.org, scope);
  const cause = { trigger: run.kind, job: run.id };
  const guard = guardOf(context, run.org, cursor);
  const derivation = { org: run.org, scope, cause, loaded, release: "all" } as const; // what others held is weighed anew
  const committed = await deriveAndCommit(context, guard ? { ...derivation, guard } : derivation);
  if (!committed.ok) return committed;
  const weighed = { ...cursor, guard: guard?.state ?? null };
  const last = ids.at(-1);
  const done = ids.length < PAGE || last === undefined;
  return ok({
    kind: "advanced",
    cursor: done ? nextStage(weighed) : { ...weighed, current: { ...stage, after: last } },
    progress: progress({
      done: ids.length,
      counts: { [`derived_${stage.scan}`]: ids.length, changed: committed.value.changes.length },
      rows_written: committed.value.rowsWritten,
    }),
  });
}
