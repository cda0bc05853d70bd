import type { Failure } from "../../domain/failure.ts";
import type { Read } from "../../domain/read.ts";
import { scopeOfReads } from "../../domain/scope.ts";
import type { CaseOutcome } from "../../mapping/outcome.ts";
import type { LedgerEntry } from "../../mapping/plan/plan-types.ts";
import type { MyCase } from "../../mycase/client/client.ts";
import type { Lane } from "../../mycase/connection/types.ts";
import { type CaseRecord, caseWire } from "../../mycase/wire/case.ts";
import { err, ok, type Result } from "../../platform/result.ts";
import type { SyncContext } from "../context.ts";
import { type Cause, type CommitResult, deriveAndCommit } from "../derive-and-commit.ts";
import { currentConfig } from "../org-config.ts";
import type { Fetched } from "./fetch-by-id.ts";
import { fetchPeople } from "./fetch-people.ts";
import { fetchRecords } from "./fetch-records.ts";
import { malformedDetail } from "./malformed-record.ts";
import { recheckDeletions } from "./recheck-deletions.ts";
import type { RecordRef } from "./record-ref.ts";
import { saveRecords } from "./save-records.ts";
import { deadLetterUnreadable } from "./set-aside.ts";

export interface SyncOptions extends Cause {
  lane: Lane;
  /** Reads everybody on the cases again too, whatever the mirror holds: what a person pressing "resync" expects. */
  refreshAllPeople: boolean;
}

export interface Synced {
  /** Everything that the commit changed, also for the other records of the same call. */
  changes: LedgerEntry[];
  /** What became of each case that was derived. */
  cases: CaseOutcome[];
  /** When MyCase was read, ISO 8601 UTC. */
  readAt: string;
}

/**
 * The one verb for records: reads each from MyCase, saves it in the mirror, derives what depends on it, commits that.
 * One result per ref, in their order; a record that cannot be read does not keep the others from being saved.
 */
export async function syncRecords(
  context: SyncContext,
  org: string,
  refs: RecordRef[],
  options: SyncOptions,
): Promise<Result<Synced, Failure>[]> {
  const beganAt = context.now();
  const mycase = context.mycase(org, options.lane);
  const pending = await pendingRefs(context, org, refs);
  const fetched = await fetchRecords(context, mycase, { org, refs: pending });
  const reads = distinctReads(fetched);
  const committed = reads.length > 0 ? await saveAndDerive(context, mycase, { org, reads, pending, options }) : null;
  if (committed?.ok) await recheckDeletions(context, org, fetched, options);
  if (committed?.ok) context.recentReads.note(org, shownIn(reads), beganAt);
  return refs.map((ref) => resultOf(ref, fetched.get(ref), committed) ?? ok(nothingNew(beganAt)));
}

interface FetchedBatch {
  org: string;
  reads: Read[];
  pending: RecordRef[];
  options: SyncOptions;
}

async function saveAndDerive(
  context: SyncContext,
  mycase: MyCase,
  { org, reads, pending, options }: FetchedBatch,
): Promise<Result<CommitResult, Failure>> {
  const scope = scopeOfReads(reads);
  const saved = await saveRecords(context, mycase, { org, reads, scope, refs: pending });
  if (!saved.ok) return saved;
  await deadLetterUnreadable(context, org, reads, options);
  const people = await fetchPeople(context, mycase, {
    org,
    loaded: saved.value.loaded,
    scope,
    cause: options,
    fetchedCases: casesIn(reads),
    refreshAll: options.refreshAllPeople,
  });
  if (!people.ok) return people;
  const { loaded } = people.value;
  const release = new Set(scope.cases); // their own event or resync is what ends a hold
  const committed = await deriveAndCommit(context, { org, scope, cause: options, loaded, release });
  return committed.ok && people.value.failure ? err(people.value.failure) : committed;
}

/** What came of one ref; null when nothing had to be read for it. */
function resultOf(
  ref: RecordRef,
  answer: Result<Read, Failure> | undefined,
  committed: Result<CommitResult, Failure> | null,
): Result<Synced, Failure> | null {
  if (!answer) return null;
  if (!answer.ok) return answer;
  if (!committed) return null;
  if (!committed.ok) return committed;
  const absent = answer.value.absent.find(({ id }) => id === ref.id);
  if (absent?.state === "malformed") return err({ kind: "malformed", detail: malformedDetail(ref.model, ref.id) });
  const { changes, cases } = committed.value;
  return ok({ changes, cases, readAt: answer.value.at });
}

function nothingNew(beganAt: Date): Synced {
  return { changes: [], cases: [], readAt: beganAt.toISOString() };
}

/** Without those that a read since their event already covers, and lead objects that the org does not pull (R16). */
async function pendingRefs(context: SyncContext, org: string, refs: RecordRef[]): Promise<RecordRef[]> {
  const pending = refs.filter((ref) => !context.recentReads.covers(org, ref));
  if (!pending.some((ref) => ref.model === "lead")) return pending;
  const versioned = await currentConfig(context, org);
  return versioned?.config.pullLeadObjects ? pending : pending.filter((ref) => ref.model !== "lead");
}

function distinctReads(fetched: Fetched): Read[] {
  return [...new Set([...fetched.values()].flatMap((answer) => (answer.ok ? [answer.value] : [])))];
}

/** Only a record that MyCase showed covers earlier events: one that it did not show may come back without an event. */
function shownIn(reads: Read[]): { model: Read["model"]; id: number }[] {
  return reads.flatMap(({ model, records }) => records.map(({ id }) => ({ model, id })));
}

/** The cases just read, as MyCase sent them: they show something of their clients. */
function casesIn(reads: Read[]): Map<number, CaseRecord> {
  const records = reads.filter((read) => read.model === "case").flatMap((read) => read.records);
  return new Map(records.map(({ id, record }) => [id, caseWire.parse(record)]));
}
