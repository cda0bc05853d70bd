import type { LoadedRows } from "../../db/facts/load.ts";
import type { Failure } from "../../domain/failure.ts";
import type { DerivationScope } from "../../domain/scope.ts";
import type { MyCase } from "../../mycase/client/client.ts";
import type { CaseRecord } from "../../mycase/wire/case.ts";
import { inParallel } from "../../platform/concurrency.ts";
import { ok, type Result } from "../../platform/result.ts";
import type { SyncContext } from "../context.ts";
import { MAX_CONCURRENT_READS } from "./fetch-records.ts";
import { findPeopleToFetch } from "./people-to-fetch.ts";
import { type SavedReads, saveRecords } from "./save-records.ts";

/** People that the cases name and the mirror lacks, or knows differently. A failed read of one does not stop the rest. */
export async function fetchPeople(
  context: SyncContext,
  mycase: MyCase,
  org: string,
  rows: LoadedRows,
  scope: DerivationScope,
  fresh: { told: ReadonlyMap<number, CaseRecord>; thorough: boolean },
): Promise<Result<SavedReads & { failure: Failure | null }, Failure>> {
  const wants = findPeopleToFetch(rows, fresh.told, fresh.thorough);
  if (wants.length === 0) return ok({ rows, rowsWritten: 0, failure: null });
  const answers = await inParallel(wants, MAX_CONCURRENT_READS, (want) => mycase.readRecord(want.model, want.id));
  const reads = answers.flatMap((answer) => (answer.ok ? [answer.value] : []));
  const failed = answers.find((answer) => !answer.ok);
  const kept = await saveRecords(context, mycase, org, reads, scope);
  return kept.ok ? ok({ ...kept.value, failure: failed && !failed.ok ? failed.failure : null }) : kept;
}
