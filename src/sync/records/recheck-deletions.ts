import type { RecordMessage } from "../../domain/queue-message.ts";
import type { SyncContext } from "../context.ts";
import type { Cause } from "../derive-and-commit.ts";
import type { Fetched } from "./fetch-by-id.ts";
import { announcesDeletion, type RecordRef } from "./record-ref.ts";

const RECHECK_DELAYS_S = [30, 60]; // a replica of MyCase may show the record for a while; then the event was wrong

/** Queues another read of every record that still shows although an event said it was deleted: polls would not notice. */
export async function recheckDeletions(
  context: SyncContext,
  org: string,
  fetched: Fetched,
  cause: Cause,
): Promise<void> {
  const stillShown = [...fetched].flatMap(([ref, answer]) =>
    announcesDeletion(ref) && answer.ok && answer.value.records.some(({ id }) => id === ref.id) ? [ref] : [],
  );
  for (const [done, delayS] of RECHECK_DELAYS_S.entries()) {
    const due = stillShown.filter((ref) => (ref.deletion_rechecks ?? 0) === done);
    if (due.length > 0)
      await context.enqueue(
        due.map((ref) => recheckOf(ref, org, cause)),
        () => delayS,
      );
  }
}

function recheckOf({ model, id, deletion_rechecks = 0 }: RecordRef, org: string, cause: Cause): RecordMessage {
  const job = cause.job ?? crypto.randomUUID();
  const rechecks = { deletion_rechecks: deletion_rechecks + 1 };
  return { kind: "record", org, model, id, trigger: cause.trigger, action: null, ...rechecks, job };
}
