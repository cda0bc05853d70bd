import { type Database, rowsChanged } from "../database.ts";
import { databaseErrorIn } from "../errors.ts";
import { jsonChunks } from "../json-chunks.ts";
import { bumpRevisionAndLedger } from "../org-clock.ts";
import { COMMIT_GUARD } from "../sql/commit-guard.ts";
import { HOLD_CASES, RELEASE_CASES } from "../sql/held-cases.ts";
import { UPSERT_OUTCOMES } from "../sql/plan.ts";
import type { Commit } from "./commit-types.ts";
import { planStatements } from "./plan-statements.ts";

export type Committed = { conflict: false; rowsWritten: number } | { conflict: true };

/** Writes the plan and its ledger in one transaction, or nothing when an input has changed since it was read. */
export async function commit(db: Database, org: string, work: Commit): Promise<Committed> {
  const { config_version, epoch, clock, ...ids } = work.readSet;
  const outcomes = jsonChunks(work.outcomes).map((json) => db.d1.prepare(UPSERT_OUTCOMES).bind(org, json));
  const uncounted = [
    bumpRevisionAndLedger(db.d1, org, work.plan.ledger.length),
    db.d1.prepare(COMMIT_GUARD).bind(org, JSON.stringify(ids), clock, config_version, epoch),
    ...outcomes,
    ...jsonChunks(work.holds).map((json) => db.d1.prepare(HOLD_CASES).bind(org, json, work.job)),
    ...jsonChunks(work.released).map((json) => db.d1.prepare(RELEASE_CASES).bind(org, json)),
  ];
  try {
    const results = await db.batch([...uncounted, ...planStatements(db.d1, org, work)]);
    return { conflict: false, rowsWritten: rowsChanged(results.slice(uncounted.length)) };
  } catch (error) {
    if (databaseErrorIn(error)?.kind === "conflict") return { conflict: true };
    throw error;
  }
}
