import type { Scope } from "../db/facts/load.ts";
import type { Failure } from "../domain/failure.ts";
import type { RecordModel } from "../domain/model.ts";
import type { Read } from "../domain/read.ts";
import type { CaseOutcome } from "../mapping/outcome.ts";
import type { LedgerEntry } from "../mapping/plan-types.ts";
import type { Lane } from "../mycase/connection/types.ts";
import { inParallel } from "../platform/in-parallel.ts";
import { fail, ok, type Result } from "../platform/result.ts";
import type { SyncContext } from "./context.ts";
import { currentConfig } from "./firm-config.ts";
import { idOf, keepRecords, READS_AT_ONCE } from "./keep-records.ts";
import { readPeople } from "./read-people.ts";
import { type Cause, settle } from "./settle.ts";

/** A record to look at again. */
export interface Want {
  model: RecordModel;
  id: number;
}

export interface SyncOptions extends Cause {
  lane: Lane;
  /** Reads everybody on the cases again too, whatever is known of them: what a person pressing "resync" expects. */
  thorough: boolean;
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
  wants: Want[],
  options: SyncOptions,
): Promise<Result<Synced, Failure>[]> {
  const mycase = context.mycase(org, options.lane);
  const wanted = await pulled(context, org, wants);
  const answers = await inParallel(wants, READS_AT_ONCE, (want) =>
    wanted.has(want) ? mycase.readRecord(want.model, want.id) : Promise.resolve(nothingToRead(want, context.now())),
  );
  const reads = answers.flatMap((answer) => (answer.ok && answer.value.ticket > 0 ? [answer.value] : []));
  if (reads.length === 0) {
    return answers.map((answer) => (answer.ok ? ok({ changes: [], cases: [], readAt: answer.value.at }) : answer));
  }

  const scope = scopeOf(reads);
  const kept = await keepRecords(context, mycase, org, reads, scope);
  const people = kept.ok
    ? await readPeople(context, mycase, org, kept.value, scope, fresh(options.thorough, scope))
    : kept;
  const rows = people.ok ? people.value.rows : null;
  const settled = rows
    ? await settle(context, org, scope, options, rows)
    : fail((people as { failure: Failure }).failure);
  const unread = people.ok ? people.value.failure : null;

  return answers.map((answer) => {
    if (!answer.ok) return answer;
    if (!settled.ok) return settled;
    if (unread) return fail(unread);
    if (answer.value.gaps.some((gap) => gap.state === "malformed")) return fail(malformed(answer.value));
    return ok({ changes: settled.value.changes, cases: settled.value.cases, readAt: answer.value.at });
  });
}

function fresh(thorough: boolean, scope: Scope) {
  return { cases: new Set(scope.cases), thorough };
}

/** Lead objects are pulled only for orgs that asked for them (R16). */
async function pulled(context: SyncContext, org: string, wants: Want[]): Promise<Set<Want>> {
  if (!wants.some((want) => want.model === "lead")) return new Set(wants);
  const dated = await currentConfig(context, org);
  return new Set(wants.filter((want) => want.model !== "lead" || dated?.config.pullLeadObjects === true));
}

/** Ticket 0: no read was made. */
function nothingToRead(want: Want, now: Date): { ok: true; value: Read } {
  return ok({ model: want.model, shape: "record", ticket: 0, at: now.toISOString(), records: [], gaps: [] });
}

function scopeOf(reads: Read[]): Scope {
  const ids = (model: Read["model"]) =>
    reads
      .filter((read) => read.model === model)
      .flatMap((read) => [...read.records, ...read.gaps].map((one) => one.id));
  return { cases: ids("case"), clients: ids("client"), staff: ids("staff"), leads: ids("lead"), after: 0 };
}

function malformed(read: Read): Failure {
  return {
    kind: "malformed",
    detail: `MyCase's ${read.model} ${idOf(read)} cannot be read: its form is not the documented one`,
  };
}
