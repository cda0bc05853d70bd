import type { Scope } from "../../db/facts/load.ts";
import type { Failure } from "../../domain/failure.ts";
import { hasWebhooks } from "../../domain/model.ts";
import type { Run } from "../../domain/runs.ts";
import { inParallel } from "../../platform/in-parallel.ts";
import { ok, type Result } from "../../platform/result.ts";
import type { SyncContext } from "../context.ts";
import { keepRecords } from "../keep-records.ts";
import { READS_AT_ONCE } from "../pull-wanted.ts";
import { nextStage, type RunCursor } from "./cursor.ts";
import { laneOf } from "./lane-of.ts";
import type { Step } from "./list-step.ts";
import type { Stage } from "./stages.ts";

type SweepStage = Extract<Stage, { do: "sweep" }>;

const AT_A_TIME = 25;
const NOBODY: Scope = { cases: [], clients: [], staff: [], leads: [], after: 0 };

/**
 * Asks for the next few records that a complete listing did not show. Only a 404 makes a tombstone; a 403 is kept apart,
 * a record that answers is simply read, and an outage leaves everything as it is (D5).
 */
export async function sweepStep(
  context: SyncContext,
  run: Run,
  cursor: RunCursor,
  stage: SweepStage,
): Promise<Result<Step, Failure>> {
  const mycase = context.mycase(run.org, laneOf(run.kind));
  const some = cursor.missing.slice(0, AT_A_TIME);
  const answers = await inParallel(some, READS_AT_ONCE, (id) => mycase.readRecord(stage.model, id));
  const failed = answers.find((answer) => !answer.ok);
  if (failed && !failed.ok) return failed;
  const reads = answers.flatMap((answer) => (answer.ok ? [answer.value] : []));
  const kept = reads.length > 0 ? await keepRecords(context, mycase, run.org, reads, NOBODY) : null;
  if (kept && !kept.ok) return kept;
  if (some.length > 0) await context.deadLetters.closeFor(run.org, stage.model, some, run.kind, context.now());
  const missing = cursor.missing.slice(AT_A_TIME);
  const gone = reads.filter((read) => read.gaps.some((gap) => gap.state === "deleted")).length;
  if (hasWebhooks(stage.model)) await context.meter.missedDeletions(run.org, stage.model, gone, context.now());
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
