import type { LoadedFacts } from "../../db/facts/typed-facts.ts";
import type { Failure } from "../../domain/failure.ts";
import { idsOf, type Read } from "../../domain/read.ts";
import type { RecordModel } from "../../domain/resources.ts";
import type { DerivationScope } from "../../domain/scope.ts";
import type { MyCase } from "../../mycase/client/client.ts";
import { err, ok, type Result } from "../../platform/result.ts";
import type { SyncContext } from "../context.ts";
import { fetchRecords } from "./fetch-records.ts";
import type { RecordRef } from "./record-ref.ts";

const MAX_REPEATS = 5;

/** The scope's facts with the reads in the mirror, and how many rows that took. */
export interface SavedRecords {
  loaded: LoadedFacts;
  rowsWritten: number;
}

export interface RecordsToSave {
  org: string;
  reads: Read[];
  scope: DerivationScope;
  /** What was asked for; tells from when to list, should a read have to be repeated. */
  refs?: RecordRef[];
}

/**
 * Saves reads of single records in the mirror. A read that a listing may have overtaken without leaving a trace in the
 * rows is repeated (see `read_fences`).
 */
export async function saveRecords(
  context: SyncContext,
  mycase: MyCase,
  { org, reads, scope, refs = [] }: RecordsToSave,
): Promise<Result<SavedRecords, Failure>> {
  let pending = reads;
  let written = 0;
  for (let repeat = 0; repeat <= MAX_REPEATS; repeat++) {
    const { stale, loaded, rowsWritten } = await context.store.saveReads(org, pending, { scope });
    written += rowsWritten;
    if (stale.length === 0) return ok({ loaded, rowsWritten: written });
    const repeated = await readAgain(context, mycase, { org, stale, refs });
    if (!repeated.ok) return repeated;
    pending = repeated.value;
  }
  return err({ kind: "contended", detail: "listings kept overtaking the read" });
}

async function readAgain(
  context: SyncContext,
  mycase: MyCase,
  { org, stale, refs }: { org: string; stale: Read[]; refs: RecordRef[] },
): Promise<Result<Read[], Failure>> {
  const again = stale.flatMap((read) =>
    idsOf(read).map(
      (id): RecordRef =>
        refs.find((ref) => ref.model === read.model && ref.id === id) ?? { model: read.model as RecordModel, id },
    ),
  );
  const answers = [...(await fetchRecords(context, mycase, { org, refs: again })).values()];
  const failed = answers.find((answer) => !answer.ok);
  if (failed && !failed.ok) return failed;
  return ok([...new Set(answers.flatMap((answer) => (answer.ok ? [answer.value] : [])))]);
}
