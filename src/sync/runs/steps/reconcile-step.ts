import type { Failure } from "../../../domain/failure.ts";
import { hasWebhooks } from "../../../domain/resources.ts";
import type { Run } from "../../../domain/run.ts";
import { ok, type Result } from "../../../platform/result.ts";
import type { SyncContext } from "../../context.ts";
import { confirmMissing } from "../../records/confirm-missing.ts";
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
  const cause = { trigger: run.kind, job: run.id };
  const confirmed = await confirmMissing(context, mycase, { org: run.org, model: stage.model, ids: some, cause });
  if (!confirmed.ok) return confirmed;
  const { deleted: gone, rowsWritten } = confirmed.value;
  const missing = cursor.missing.slice(AT_A_TIME);
  if (hasWebhooks(stage.model)) await context.webhookStats.missedDeletions(run.org, stage.model, gone, context.now());
  return ok({
    cursor: missing.length > 0 ? { ...cursor, missing } : { ...nextStage(cursor), missing: [] },
    done: 0,
    total: null,
    counts: { [`${stage.model}_not_listed`]: some.length, [`${stage.model}_deleted`]: gone },
    mycase_requests: mycase.requests(),
    rows_written: rowsWritten,
    errors: [],
  });
}
