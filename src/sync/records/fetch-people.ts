import type { LoadedRows } from "../../db/facts/load.ts";
import type { Failure } from "../../domain/failure.ts";
import type { DerivationScope } from "../../domain/scope.ts";
import type { MyCase } from "../../mycase/client/client.ts";
import type { CaseRecord } from "../../mycase/wire/case.ts";
import { ok, type Result } from "../../platform/result.ts";
import type { SyncContext } from "../context.ts";
import { fetchById } from "./fetch-records.ts";
import { findPeopleToFetch } from "./people-to-fetch.ts";
import { type SavedRecords, saveRecords } from "./save-records.ts";

export interface PeopleSearch {
  org: string;
  rows: LoadedRows;
  scope: DerivationScope;
  /** Cases just read by id, which show something of their clients; none by default. */
  fetchedCases?: ReadonlyMap<number, CaseRecord>;
  /** Reads everybody on the fetched cases again, whatever the mirror holds. */
  refreshAll?: boolean;
}

/** Reads and saves the people on the cases that the mirror lacks or knows differently. One failed read stops no other. */
export async function fetchPeople(
  context: SyncContext,
  mycase: MyCase,
  { org, rows, scope, fetchedCases = new Map(), refreshAll = false }: PeopleSearch,
): Promise<Result<SavedRecords & { failure: Failure | null }, Failure>> {
  const refs = findPeopleToFetch(rows, fetchedCases, refreshAll);
  if (refs.length === 0) return ok({ rows, rowsWritten: 0, failure: null });
  const answers = [...(await fetchById(mycase, refs)).values()];
  const reads = answers.flatMap((answer) => (answer.ok ? [answer.value] : []));
  const failed = answers.find((answer) => !answer.ok);
  const saved = await saveRecords(context, mycase, { org, reads, scope });
  return saved.ok ? ok({ ...saved.value, failure: failed && !failed.ok ? failed.failure : null }) : saved;
}
