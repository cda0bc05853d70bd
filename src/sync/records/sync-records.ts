import type { Failure } from "../../domain/failure.ts";
import type { Read } from "../../domain/read.ts";
import { scopeOfReads } from "../../domain/scope.ts";
import type { CaseOutcome } from "../../mapping/outcome.ts";
import type { LedgerEntry } from "../../mapping/plan/plan-types.ts";
import type { Lane } from "../../mycase/connection/types.ts";
import { type CaseRecord, caseWire } from "../../mycase/wire/case.ts";
import { err, ok, type Result } from "../../platform/result.ts";
import type { SyncContext } from "../context.ts";
import { type Cause, type CommitResult, deriveAndCommit } from "../derive-and-commit.ts";
import { currentConfig } from "../org-config.ts";
import { fetchPeople } from "./fetch-people.ts";
import { type Fetched, fetchRecords, type RecordRef } from "./fetch-records.ts";
import { saveRecords } from "./save-records.ts";

export interface SyncOptions extends Cause {
  lane: Lane;
  /** Reads everybody on the cases again too, whatever is known of them: what a person pressing "resync" expects. */
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
 * The one verb for records: pulls each from MyCase, keeps it in the mirror, derives what hangs on it, saves that.
 * One result per want, in their order; a record that cannot be had does not keep the others from being saved.
 */
export async function syncRecords(
  context: SyncContext,
  org: string,
  wants: RecordRef[],
  options: SyncOptions,
): Promise<Result<Synced, Failure>[]> {
  const beganAt = context.now();
  const mycase = context.mycase(org, options.lane);
  const open = await pendingRefs(context, org, wants);
  const pulled = await fetchRecords(mycase, open);
  const reads = distinctReads(pulled);
  if (reads.length === 0) return wants.map((want) => resultOf(want, pulled, null, beganAt));

  const scope = scopeOfReads(reads);
  const kept = await saveRecords(context, mycase, org, reads, scope, open);
  const people = kept.ok
    ? await fetchPeople(context, mycase, org, kept.value.rows, scope, {
        told: casesIn(reads),
        thorough: options.refreshAllPeople,
      })
    : kept;
  const settled = people.ok ? await deriveAndCommit(context, org, scope, options, people.value.rows) : people;
  const unread = people.ok ? people.value.failure : null;
  const saved = settled.ok && unread ? err(unread) : settled;
  const results = wants.map((want) => resultOf(want, pulled, saved, beganAt));
  if (saved.ok) context.recentReads.note(org, shownIn(reads), beganAt);
  return results;
}

/** Each want's own result: why it could not be read or saved, or what was saved. */
function resultOf(
  want: RecordRef,
  pulled: Fetched,
  saved: Result<CommitResult, Failure> | null,
  beganAt: Date,
): Result<Synced, Failure> {
  const answer = pulled.get(want);
  if (!answer || !saved)
    return answer && !answer.ok ? answer : ok({ changes: [], cases: [], readAt: beganAt.toISOString() });
  if (!answer.ok) return answer;
  if (!saved.ok) return saved;
  const gap = answer.value.absent.find((one) => one.id === want.id);
  if (gap?.state === "malformed") return err(malformed(want));
  return ok({ changes: saved.value.changes, cases: saved.value.cases, readAt: answer.value.at });
}

/** Without those that a read since their event has answered, and lead objects that the org does not pull (R16). */
async function pendingRefs(context: SyncContext, org: string, wants: RecordRef[]): Promise<RecordRef[]> {
  const open = wants.filter((want) => !context.recentReads.covers(org, want));
  if (!open.some((want) => want.model === "lead")) return open;
  const dated = await currentConfig(context, org);
  return dated?.config.pullLeadObjects ? open : open.filter((want) => want.model !== "lead");
}

function distinctReads(pulled: Fetched): Read[] {
  return [...new Set([...pulled.values()].flatMap((answer) => (answer.ok ? [answer.value] : [])))];
}

/** Only what MyCase showed answers the events from before: what it did not, it may show again without a word. */
function shownIn(reads: Read[]): { model: Read["model"]; id: number }[] {
  return reads.flatMap(({ model, records }) => records.map(({ id }) => ({ model, id })));
}

/** The cases just read, as MyCase sent them: they tell of their clients in passing. */
function casesIn(reads: Read[]): Map<number, CaseRecord> {
  const records = reads.filter((read) => read.model === "case").flatMap((read) => read.records);
  return new Map(records.map(({ id, record }) => [id, caseWire.parse(record)]));
}

function malformed({ model, id }: RecordRef): Failure {
  return {
    kind: "malformed",
    detail: `MyCase's ${model} ${id} cannot be read: its form is not the documented one`,
  };
}
