import type { Failure } from "../../domain/failure.ts";
import type { RecordModel } from "../../domain/resources.ts";
import { emptyScope } from "../../domain/scope.ts";
import type { MyCase } from "../../mycase/client/client.ts";
import { err, ok, type Result } from "../../platform/result.ts";
import type { SyncContext } from "../context.ts";
import type { Cause } from "../derive-and-commit.ts";
import { fetchById } from "./fetch-by-id.ts";
import { firstFailure, refsFailingAlone } from "./fetch-people.ts";
import { saveRecords } from "./save-records.ts";
import { deadLetterUnreadable, retryLater } from "./set-aside.ts";

export interface MissingRecords {
  org: string;
  model: RecordModel;
  /** What a complete listing did not show. */
  ids: number[];
  cause: Cause;
}

/**
 * Reads each by id and saves what MyCase says: only a 404 makes a tombstone, a 403 is kept apart, a record that answers is
 * simply saved (D5). One whose read fails holds up none of the others; an outage leaves everything as it is.
 */
export async function confirmMissing(
  context: SyncContext,
  mycase: MyCase,
  { org, model, ids, cause }: MissingRecords,
): Promise<Result<{ rowsWritten: number; deleted: number }, Failure>> {
  if (ids.length === 0) return ok({ rowsWritten: 0, deleted: 0 });
  const fetched = await fetchById(context, mycase, { org, refs: ids.map((id) => ({ model, id })) });
  const failing = refsFailingAlone(fetched);
  const failure = firstFailure(fetched, failing);
  if (failure) return err(failure);
  const reads = [...fetched.values()].flatMap((answer) => (answer.ok ? [answer.value] : []));
  const saved = await saveRecords(context, mycase, { org, reads, scope: emptyScope });
  if (!saved.ok) return saved;
  await deadLetterUnreadable(context, org, reads, cause);
  await retryLater(context, org, failing, cause);
  const answered = ids.filter((id) => !failing.some((ref) => ref.id === id));
  await context.deadLetters.resolveFor(org, model, answered, cause.trigger, context.now());
  const deleted = reads.filter((read) => read.absent.some(({ state }) => state === "deleted")).length;
  return ok({ rowsWritten: saved.value.rowsWritten, deleted });
}
