import type { Failure } from "../../../domain/failure.ts";
import { hasWebhooks } from "../../../domain/resources.ts";
import type { Run } from "../../../domain/run.ts";
import { emptyScope } from "../../../domain/scope.ts";
import { inParallel } from "../../../platform/concurrency.ts";
import { ok, type Result } from "../../../platform/result.ts";
import type { SyncContext } from "../../context.ts";
import { MAX_CONCURRENT_READS } from "../../records/fetch-records.ts";
import { saveRecords } from "../../records/save-records.ts";
import { nextStage, type RunCursor } from "../cursor.ts";
import { laneOf } from "../lane-of.ts";
import type { Stage } from "../stages.ts";
import type { StepResult } from "./list-step.ts";

type SweepStage = Extract<Stage, { do: "sweep" }>;

const AT_A_TIME = 25;

/**
 * Asks for the next few records that a complete listing did not show. Only a 404 makes a tombstone; a 403 is kept apart,
 * a record that answers is simply read, and an outage leaves everything as it is (D5).
 */
export async function sweepStep(
  context: SyncContext,
  run: Run,
  cursor: RunCursor,
  stage: SweepStage,
): Promise<Result<StepResult, Failure>> {
  const mycase = context.mycase(run.org, laneOf(run.kind));
  const some = cursor.missing.slice(0, AT_A_TIME);
  const answers = await inParallel(some, MAX_CONCURRENT_READS, (id) => mycase.readRecord(stage.model, id));
  const failed = answers.find((answer) => !answer.ok);
  if (failed && !failed.ok) return failed;
  const reads = answers.flatMap((answer) => (answer.ok ? [answer.value] : []));
  const kept = reads.length > 0 ? await saveRecords(context, mycase, { org: run.org, reads, scope: emptyScope }) : null;
  if (kept && !kept.ok) return kept;
  if (some.length > 0) await context.deadLetters.resolveFor(run.org, stage.model, some, run.kind, context.now());
  const missing = cursor.missing.slice(AT_A_TIME);
  const gone = reads.filter((read) => read.absent.some((gap) => gap.state === "deleted")).length;
  if (hasWebhooks(stage.model)) await context.webhookStats.missedDeletions(run.org, stage.model, gone, context.now());
  return ok({
    cursor: missing.length > 0 ? { ...cursor, missing } : { ...nextStage(cursor), missing: [] },
    done: 0,
    total: null,
    counts: { [`${stage.model}_not_listed`]: some.length, [`${stage.model}_deleted`]: gone },
    mycase_requests: mycase.requests(),
    rows_written: kept?.value.rowsWritten ?? 0,
    errors: [],
  });
}
