import type { Trigger } from "../../domain/queue-message.ts";
import type { ProjectMetadata } from "../../domain/rows.ts";
import type { Plan } from "../../mapping/plan/plan-types.ts";
import { type Database, rowsChanged } from "../database.ts";
import { databaseErrorIn } from "../errors.ts";
import { jsonChunks } from "../json-chunks.ts";
import { bumpRevision } from "../org-clock.ts";
import { COMMIT_GUARD } from "../sql/commit-guard.ts";
import { UPSERT_OUTCOMES } from "../sql/plan.ts";
import type { ConfigVersion } from "../stores/config-store.ts";
import { planStatements } from "./plan-statements.ts";

/** What the plan was made from: nothing of it may have changed since `clock`, the org's revision. */
export interface ReadSet extends ConfigVersion {
  clock: number;
  cases: number[];
  clients: number[];
  staff: number[];
  leads: number[];
}

export interface Commit {
  plan: Plan;
  readSet: ReadSet;
  /** Of every case in scope. */
  metadata: ReadonlyMap<number, ProjectMetadata>;
  /** Projects of which only the metadata changes. */
  touched: number[];
  /** What cases came to, where that changed. */
  outcomes: { case_id: number; bucket: string; code: string }[];
  trigger: Trigger;
  job: string | null;
  at: string;
}

export type Committed = { conflict: false; rowsWritten: number } | { conflict: true };

/** Writes the plan and its ledger in one transaction, or nothing when an input has changed since it was read. */
export async function commit(db: Database, org: string, work: Commit): Promise<Committed> {
  const { config_version, epoch, clock, ...ids } = work.readSet;
  const outcomes = jsonChunks(work.outcomes).map((json) => db.d1.prepare(UPSERT_OUTCOMES).bind(org, json));
  const uncounted = [
    bumpRevision(db.d1, org),
    db.d1.prepare(COMMIT_GUARD).bind(org, JSON.stringify(ids), clock, config_version, epoch),
    ...outcomes,
  ];
  try {
    const results = await db.batch([...uncounted, ...planStatements(db.d1, org, work)]);
    return { conflict: false, rowsWritten: rowsChanged(results.slice(uncounted.length)) };
  } catch (error) {
    if (databaseErrorIn(error)?.kind === "conflict") return { conflict: true };
    throw error;
  }
}
