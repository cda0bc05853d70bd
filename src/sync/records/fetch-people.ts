import type { LoadedFacts } from "../../db/facts/typed-facts.ts";
import type { Failure } from "../../domain/failure.ts";
import type { DerivationScope } from "../../domain/scope.ts";
import type { MyCase } from "../../mycase/client/client.ts";
import type { CaseRecord } from "../../mycase/wire/case.ts";
import { ok, type Result } from "../../platform/result.ts";
import type { SyncContext } from "../context.ts";
import type { Cause } from "../derive-and-commit.ts";
import { type Fetched, fetchById, isOfRecord } from "./fetch-by-id.ts";
import { findPeopleToFetch } from "./people-to-fetch.ts";
import type { RecordRef } from "./record-ref.ts";
import { type SavedRecords, saveRecords } from "./save-records.ts";
import { deadLetterUnreadable, retryLater } from "./set-aside.ts";

export interface PeopleSearch {
  org: string;
  loaded: LoadedFacts;
  scope: DerivationScope;
  cause: Cause;
  /** Cases just read by id, which show something of their clients; none by default. */
  fetchedCases?: ReadonlyMap<number, CaseRecord>;
  /** Reads everybody on the fetched cases again, whatever the mirror holds. */
  refreshAll?: boolean;
}

/**
 * Reads and saves the people on the cases that the mirror lacks or knows differently. A person whose read fails holds up
 * nobody: it is queued as work of its own. A manual resync alone waits for everybody, since its result must be true.
 */
export async function fetchPeople(
  context: SyncContext,
  mycase: MyCase,
  { org, loaded, scope, cause, fetchedCases = new Map(), refreshAll = false }: PeopleSearch,
): Promise<Result<SavedRecords & { failure: Failure | null }, Failure>> {
  const refs = findPeopleToFetch(loaded, fetchedCases, refreshAll);
  if (refs.length === 0) return ok({ loaded, rowsWritten: 0, failure: null });
  const fetched = await fetchById(context, mycase, { org, refs });
  const reads = [...fetched.values()].flatMap((answer) => (answer.ok ? [answer.value] : []));
  const saved = await saveRecords(context, mycase, { org, reads, scope });
  if (!saved.ok) return saved;
  await deadLetterUnreadable(context, org, reads, cause);
  const failing = refsFailingAlone(fetched);
  const waits = cause.trigger === "manual";
  if (!waits) await retryLater(context, org, failing, cause);
  return ok({ ...saved.value, failure: firstFailure(fetched, waits ? [] : failing) });
}

/** The records whose reads failed although MyCase answers others. */
export function refsFailingAlone(fetched: Fetched): RecordRef[] {
  return [...fetched].flatMap(([ref, answer]) => (!answer.ok && isOfRecord(answer.failure) ? [ref] : []));
}

/** Why a read failed, but for those that are retried by themselves. */
export function firstFailure(fetched: Fetched, retried: RecordRef[]): Failure | null {
  for (const [ref, answer] of fetched) if (!answer.ok && !retried.includes(ref)) return answer.failure;
  return null;
}
