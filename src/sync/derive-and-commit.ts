import type { LoadedFacts } from "../db/facts/typed-facts.ts";
import { MAX_SCOPE_CASES } from "../db/sql/scope.ts";
import type { Failure } from "../domain/failure.ts";
import type { Trigger } from "../domain/queue-message.ts";
import type { DerivationScope } from "../domain/scope.ts";
import type { CaseOutcome } from "../mapping/outcome.ts";
import type { LedgerEntry } from "../mapping/plan/plan-types.ts";
import { err, ok, type Result } from "../platform/result.ts";
import { commitInput, writesNothing } from "./commit-input.ts";
import type { SyncContext } from "./context.ts";
import { type DerivationRules, deriveGuarded } from "./derive-guarded.ts";
import { orgConfig } from "./org-config.ts";

const MAX_CONFLICTS = 12;

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

/** What is derived, why, and from what; `loaded` are the scope's facts. */
export interface Derivation extends DerivationRules {
  org: string;
  scope: DerivationScope;
  cause: Cause;
  loaded: LoadedFacts;
}

/**
 * Derives the scope and saves what changed; the second half of every sync, and the whole of a mapping change. When an
 * input changes between reading and saving, nothing is saved and it starts over from what is true then.
 */
export async function deriveAndCommit(
  context: SyncContext,
  derivation: Derivation,
): Promise<Result<CommitResult, Failure>> {
  const { org, scope } = derivation;
  const all: CommitResult = { changes: [], cases: [], rowsWritten: 0 };
  for (let round = derivation; ; ) {
    const committed = await commitRound(context, round);
    if (!committed.ok) return committed;
    all.changes.push(...committed.value.changes);
    all.cases.push(...committed.value.cases);
    all.rowsWritten += committed.value.rowsWritten;
    const { cases } = round.loaded.facts;
    const last = cases.at(-1);
    if (!last || cases.length < MAX_SCOPE_CASES || fitsOneRound(scope)) return ok(all);
    const next = { ...scope, after: last.case_id };
    round = { ...derivation, scope: next, loaded: await context.store.load(org, next) };
  }
}

/** Cases alone bring no others with them. */
function fitsOneRound({ cases, clients, staff }: DerivationScope): boolean {
  return clients.length + staff.length === 0 && cases.length <= MAX_SCOPE_CASES;
}

async function commitRound(context: SyncContext, derivation: Derivation): Promise<Result<CommitResult, Failure>> {
  const { org, scope } = derivation;
  let { loaded } = derivation;
  for (let attempt = 0; attempt < MAX_CONFLICTS; attempt++) {
    if (attempt > 0) loaded = await context.store.load(org, scope);
    const config = loaded.org && (await orgConfig(context.configs, org, loaded.org));
    if (!config) return err({ kind: "not_connected", detail: "the org is gone" });
    const { derived, harmed } = await deriveGuarded(derivation, loaded, config, context.now());
    const input = commitInput(derived);
    const changes = derived.plan.ledger;
    const { cases } = derived.outcome;
    if (writesNothing(input)) return ok({ changes, cases, rowsWritten: 0 });
    const { trigger, job } = derivation.cause;
    const committed = await context.store.commit(org, { ...input, trigger, job, at: derived.facts.now });
    if (committed.conflict) continue;
    derivation.guard?.saved(harmed);
    return ok({ changes, cases, rowsWritten: committed.rowsWritten });
  }
  return err({ kind: "contended", detail: "other work on the same records kept coming first" });
}
