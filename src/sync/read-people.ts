import type { LoadedRows, Scope } from "../db/facts/load.ts";
import type { Failure } from "../domain/failure.ts";
import type { MyCase } from "../mycase/client.ts";
import type { CaseRecord } from "../mycase/wire/case.ts";
import { inParallel } from "../platform/in-parallel.ts";
import { ok, type Result } from "../platform/result.ts";
import type { SyncContext } from "./context.ts";
import { type Kept, keepRecords } from "./keep-records.ts";
import { peopleToRead } from "./people-to-read.ts";
import { READS_AT_ONCE } from "./pull-wanted.ts";

/** People that the cases name and the mirror lacks, or knows differently. A failed read of one does not stop the rest. */
export async function readPeople(
  context: SyncContext,
  mycase: MyCase,
  org: string,
  rows: LoadedRows,
  scope: Scope,
  fresh: { told: ReadonlyMap<number, CaseRecord>; thorough: boolean },
): Promise<Result<Kept & { failure: Failure | null }, Failure>> {
  const wants = peopleToRead(rows, fresh.told, fresh.thorough);
  if (wants.length === 0) return ok({ rows, rowsWritten: 0, failure: null });
  const answers = await inParallel(wants, READS_AT_ONCE, (want) => mycase.readRecord(want.model, want.id));
  const reads = answers.flatMap((answer) => (answer.ok ? [answer.value] : []));
  const failed = answers.find((answer) => !answer.ok);
  const kept = await keepRecords(context, mycase, org, reads, scope);
  return kept.ok ? ok({ ...kept.value, failure: failed && !failed.ok ? failed.failure : null }) : kept;
}
