import type { LoadedRows } from "../../db/facts/load.ts";
import type { Failure } from "../../domain/failure.ts";
import { idsOf, type Read } from "../../domain/read.ts";
import type { RecordModel } from "../../domain/resources.ts";
import type { DerivationScope } from "../../domain/scope.ts";
import type { MyCase } from "../../mycase/client/client.ts";
import { err, ok, type Result } from "../../platform/result.ts";
import type { SyncContext } from "../context.ts";
import { fetchRecords, type RecordRef } from "./fetch-records.ts";

const OVERTAKEN_REPEATS = 5;

/** The scope as it is with the reads in the mirror, and how many rows that took. */
export interface SavedReads {
  rows: LoadedRows;
  rowsWritten: number;
}

/** Keeps reads of single records; one that a later read may have overtaken without a trace is repeated, so that the mirror stays true. */
export async function saveRecords(
  context: SyncContext,
  mycase: MyCase,
  org: string,
  reads: Read[],
  scope: DerivationScope,
  asked: RecordRef[] = [],
): Promise<Result<SavedReads, Failure>> {
  let pending = reads;
  let written = 0;
  for (let repeat = 0; repeat <= OVERTAKEN_REPEATS; repeat++) {
    const { stale, rows, rowsWritten } = await context.store.saveReads(org, pending, { scope });
    written += rowsWritten;
    if (stale.length === 0) return ok({ rows, rowsWritten: written });
    const again = await readAgain(mycase, stale, asked);
    if (!again.ok) return again;
    pending = again.value;
  }
  return err({ kind: "contended", detail: "listings kept overtaking the read" });
}

/** By page, if that is how they were read and can be again; `asked` tells from when to list. */
async function readAgain(mycase: MyCase, stale: Read[], asked: RecordRef[]): Promise<Result<Read[], Failure>> {
  const wants = stale.flatMap((read) =>
    idsOf(read).map(
      (id): RecordRef =>
        asked.find((want) => want.model === read.model && want.id === id) ?? { model: read.model as RecordModel, id },
    ),
  );
  const answers = [...(await fetchRecords(mycase, wants)).values()];
  const failed = answers.find((answer) => !answer.ok);
  if (failed && !failed.ok) return failed;
  return ok([...new Set(answers.flatMap((answer) => (answer.ok ? [answer.value] : [])))]);
}
