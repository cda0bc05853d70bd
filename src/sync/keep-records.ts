import type { LoadedRows, Scope } from "../db/facts/load.ts";
import type { Failure } from "../domain/failure.ts";
import type { RecordModel } from "../domain/model.ts";
import type { Read } from "../domain/read.ts";
import type { MyCase } from "../mycase/client.ts";
import { inParallel } from "../platform/in-parallel.ts";
import { fail, ok, type Result } from "../platform/result.ts";
import type { SyncContext } from "./context.ts";

export const READS_AT_ONCE = 5; // a Worker may hold six connections open; one stays free for the database
const OVERTAKEN_REPEATS = 5;

/** The scope as it is with the reads in the mirror, and how many rows that took. */
export interface Kept {
  rows: LoadedRows;
  rowsWritten: number;
}

/** Keeps reads of single records; one that a later read may have overtaken without a trace is repeated, so that the mirror stays true. */
export async function keepRecords(
  context: SyncContext,
  mycase: MyCase,
  org: string,
  reads: Read[],
  scope: Scope,
): Promise<Result<Kept, Failure>> {
  let pending = reads;
  let written = 0;
  for (let repeat = 0; repeat <= OVERTAKEN_REPEATS; repeat++) {
    const { stale, rows, rowsWritten } = await context.store.absorb(org, pending, scope);
    written += rowsWritten;
    if (stale.length === 0) return ok({ rows, rowsWritten: written });
    const wants = stale.flatMap((read) => idsOf(read).map((id) => ({ model: read.model as RecordModel, id })));
    const again = await inParallel(wants, READS_AT_ONCE, ({ model, id }) => mycase.readRecord(model, id));
    const failed = again.find((answer) => !answer.ok);
    if (failed && !failed.ok) return failed;
    pending = again.flatMap((answer) => (answer.ok ? [answer.value] : []));
  }
  return fail({ kind: "contended", detail: "listings kept overtaking the read" });
}

/** The ids that a read has an answer for. */
export function idsOf(read: Read): number[] {
  return [...read.records, ...read.gaps].map((one) => one.id);
}
