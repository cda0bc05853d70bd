import type { Failure } from "../../../domain/failure.ts";
import { hasWebhooks } from "../../../domain/resources.ts";
import { ok, type Result } from "../../../platform/result.ts";
import { confirmMissing } from "../../records/confirm-missing.ts";
import { nextStage } from "../cursor.ts";
import { progress, type StepInput, type StepResult } from "../step.ts";

const PAGE = 25;
/** An org whose user lost sight of half of it must not cost an hour of requests a night: each is asked for in its turn. */
const MAX_REFUSED = 500;

/**
 * Asks for the next few records that a complete listing did not show. Only a 404 makes a tombstone; a 403 is kept apart,
 * a record that answers is simply read, and an outage leaves everything as it is (D5).
 */
export async function reconcile(input: StepInput<"reconcile">): Promise<Result<StepResult, Failure>> {
  const { context, run, cursor, stage, mycase } = input;
  const { model, after, refused } = stage;
  const limits = { after, maxRefused: MAX_REFUSED - refused, limit: PAGE };
  const missing = await context.runPages.missing(run, model, limits);
  const ids = missing.map(({ id }) => id);
  const cause = { trigger: run.kind, job: run.id };
  const confirmed = await confirmMissing(context, mycase, { org: run.org, model, ids, cause });
  if (!confirmed.ok) return confirmed;
  const { deleted, rowsWritten } = confirmed.value;
  if (hasWebhooks(model)) await context.webhookStats.missedDeletions(run.org, model, deleted, context.now());
  const last = ids.at(-1);
  const done = ids.length < PAGE || last === undefined;
  if (done) await context.runPages.clear(run, model);
  const asked = refused + missing.filter((record) => record.refused).length;
  return ok({
    kind: "advanced",
    cursor: done ? nextStage(cursor) : { ...cursor, current: { ...stage, after: last, refused: asked } },
    progress: progress({
      counts: { [`${model}_not_listed`]: ids.length, [`${model}_deleted`]: deleted },
      rows_written: rowsWritten,
    }),
  });
}
