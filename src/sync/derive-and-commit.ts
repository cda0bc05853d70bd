import type { Committed, ProjectMetadata } from "../db/commit/commit.ts";
import type { LoadedRows } from "../db/facts/load.ts";
import { MAX_SCOPE_CASES } from "../db/facts/scope-sql.ts";
import type { Failure } from "../domain/failure.ts";
import type { Trigger } from "../domain/queue-message.ts";
import type { DerivationScope } from "../domain/scope.ts";
import { derive } from "../mapping/derive/derive.ts";
import type { Facts } from "../mapping/facts.ts";
import type { CaseOutcome, Outcome } from "../mapping/outcome.ts";
import { isEmpty, plan } from "../mapping/plan/plan.ts";
import type { LedgerEntry, Plan } from "../mapping/plan/plan-types.ts";
import { err, ok, type Result } from "../platform/result.ts";
import { yieldToEventLoop } from "../platform/yield.ts";
import { assemble } from "./assemble.ts";
import type { SyncContext } from "./context.ts";
import { orgConfig } from "./org-config.ts";

const MAX_CONFLICTS = 12;
const BULK_CASES = 100;

/** Why the work is done; goes into the ledger. */
export interface Cause {
  trigger: Trigger;
  job: string | null;
}

export interface CommitResult {
  changes: LedgerEntry[];
  cases: CaseOutcome[];
  rowsWritten: number;
}

/** What an org owns here and changes in the same commit, such as a pin: it is derived as if it had stood there before. */
export type Override = (facts: Facts) => Facts;

/**
 * Derives the scope and saves what changed; the second half of every sync, and the whole of a mapping change. When an
 * input changes between reading and saving, nothing is saved and it starts over from what is true then.
 */
export async function deriveAndCommit(
  context: SyncContext,
  org: string,
  scope: DerivationScope,
  cause: Cause,
  loaded: LoadedRows,
  amend: Override = (facts) => facts,
): Promise<Result<CommitResult, Failure>> {
  const all: CommitResult = { changes: [], cases: [], rowsWritten: 0 };
  for (let round = scope, rows: LoadedRows = loaded; ; ) {
    const settled = await deriveAndCommitRound(context, org, round, cause, rows, amend);
    if (!settled.ok) return settled;
    all.changes.push(...settled.value.changes);
    all.cases.push(...settled.value.cases);
    all.rowsWritten += settled.value.rowsWritten;
    if (rows.scope.length < MAX_SCOPE_CASES || namesAll(scope)) return ok(all);
    round = { ...scope, after: Number(rows.scope.at(-1)?.case_id) };
    rows = await context.store.load(org, round);
  }
}

/** Cases alone bring no others with them, so that so many fit into one round. */
function namesAll({ cases, clients, staff }: DerivationScope): boolean {
  return clients.length + staff.length === 0 && cases.length <= MAX_SCOPE_CASES;
}

async function deriveAndCommitRound(
  context: SyncContext,
  org: string,
  scope: DerivationScope,
  cause: Cause,
  loaded: LoadedRows,
  amend: Override,
): Promise<Result<CommitResult, Failure>> {
  let rows = loaded;
  for (let attempt = 0; attempt < MAX_CONFLICTS; attempt++) {
    if (attempt > 0) rows = await context.store.load(org, scope);
    const dated = await orgConfig(context.configs, org, Number(rows.org.config_version ?? 0));
    if (!dated) return err({ kind: "not_connected", detail: "the org is gone" });
    const now = context.now();
    const facts = assemble(rows, dated.config, now);
    const bulk = facts.cases.length > BULK_CASES;
    if (bulk) await yieldToEventLoop();
    const outcome = derive(amend(facts));
    if (bulk) await yieldToEventLoop();
    const planned = plan(facts, outcome);
    if (bulk) await yieldToEventLoop();
    const saved = await save(context, org, cause, { rows, dated: dated.config_version, facts, outcome, planned, now });
    if (!saved.conflict) {
      return ok({ changes: planned.ledger, cases: outcome.cases, rowsWritten: saved.rowsWritten });
    }
  }
  return err({ kind: "contended", detail: "other work on the same records kept coming first" });
}

interface Derived {
  rows: LoadedRows;
  dated: number;
  facts: Facts;
  outcome: Outcome;
  planned: Plan;
  now: Date;
}

async function save(context: SyncContext, org: string, cause: Cause, derived: Derived): Promise<Committed> {
  const { rows, facts, planned } = derived;
  const bookkeeping = newMetadata(derived);
  const touched = touchedProjects(derived, bookkeeping);
  const outcomes = newOutcomes(derived);
  if (isEmpty(planned) && touched.length === 0 && outcomes.length === 0) return { conflict: false, rowsWritten: 0 };
  return context.store.commit(org, {
    plan: planned,
    metadata: bookkeeping,
    touched,
    mappingVersion: facts.config.mapping?.version ?? 0,
    outcomes,
    readSet: {
      clock: Number(rows.org.clock),
      config_version: derived.dated,
      cases: facts.cases.map((one) => one.case_id),
      clients: [...facts.clients.keys()],
      staff: staffIds(facts),
      leads: facts.leads.map((one) => one.lead_id),
    },
    trigger: cause.trigger,
    job: cause.job,
    at: derived.now.toISOString(),
  });
}

/** The cases that came to something else than before. */
function newOutcomes({ rows, outcome }: Derived): { case_id: number; bucket: string; code: string }[] {
  const before = new Map(rows.outcomes.map((row) => [Number(row.case_id), row]));
  return outcome.cases.filter(({ case_id, bucket, code }) => {
    const known = before.get(case_id);
    return known?.bucket !== bucket || known.code !== code;
  });
}

/** Those known, and those that a case names and nobody has read yet: they may appear meanwhile. */
function staffIds(facts: Facts): number[] {
  const named = facts.cases.flatMap((one) => one.mirror?.record?.staff.map((staff) => staff.id) ?? []);
  return [...new Set([...facts.staff.keys(), ...named])];
}

/** A project is dated by the mapping and the record that it was made from; one that MyCase no longer shows stays as it is. */
function newMetadata({ rows, facts }: Derived): Map<number, ProjectMetadata> {
  const before = new Map(rows.projects.map((row) => [Number(row.case_id), row]));
  const version = facts.config.mapping?.version ?? 0;
  return new Map(
    facts.cases.map((one) => {
      const row = before.get(one.case_id);
      const present = one.mirror?.state === "present";
      return [
        one.case_id,
        {
          mapping_version: present || !row ? version : Number(row.mapping_version),
          mycase_updated_at: present
            ? (one.mirror?.record?.updated_at ?? null)
            : ((row?.mycase_updated_at as string) ?? null),
        },
      ];
    }),
  );
}

function touchedProjects({ rows, outcome, planned }: Derived, bookkeeping: Map<number, ProjectMetadata>): number[] {
  const written = new Set(planned.projects.map((row) => row.case_id));
  const kept = new Set(outcome.cases.filter((one) => one.project !== null).map((one) => one.case_id));
  return rows.projects
    .filter((row) => {
      const next = bookkeeping.get(Number(row.case_id));
      const differs =
        row.mapping_version !== next?.mapping_version || row.mycase_updated_at !== next?.mycase_updated_at;
      return differs && kept.has(Number(row.case_id)) && !written.has(Number(row.case_id));
    })
    .map((row) => Number(row.case_id));
}
