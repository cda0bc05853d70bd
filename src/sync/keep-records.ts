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

/** Keeps the reads; one that a later read may have overtaken without a trace is repeated, so that the mirror stays true. */
export async function keepRecords(
  context: SyncContext,
  mycase: MyCase,
  org: string,
  reads: Read[],
  scope: Scope,
): Promise<Result<LoadedRows, Failure>> {
  let pending = reads;
  for (let repeat = 0; repeat <= OVERTAKEN_REPEATS; repeat++) {
    const { stale, rows } = await context.store.absorb(org, pending, scope);
    if (stale.length === 0) return ok(rows);
    const again = await inParallel(stale, READS_AT_ONCE, (read) =>
      mycase.readRecord(read.model as RecordModel, idOf(read)),
    );
    const failed = again.find((answer) => !answer.ok);
    if (failed && !failed.ok) return failed;
    pending = again.flatMap((answer) => (answer.ok ? [answer.value] : []));
  }
  return fail({ kind: "contended", detail: "listings kept overtaking the read" });
}

/** The id that a read of one record was for. */
export function idOf(read: Read): number {
  return read.records[0]?.id ?? read.gaps[0]?.id ?? 0;
}
