import { and, asc, eq, gt, sql } from "drizzle-orm";
import type { Resync, ResyncResult } from "../../domain/resync.ts";
import type { Database } from "../database.ts";
import { changes, jobs } from "../schema/index.ts";

// Written out: with bound values SQLite would not use the index of what is in flight.
const IN_FLIGHT = sql`${jobs.state} IN ('queued', 'running')`;

export interface ResyncStore {
  /** Opens a job for the case, or gives the one that is in flight; without a heartbeat its message was never queued. */
  open(org: string, caseId: number, now: Date): Promise<{ job: Resync; heartbeatAt: string | null }>;
  get(org: string, id: string): Promise<Resync | null>;
  /** The org's jobs that have not ended. */
  unfinished(org: string): Promise<Resync[]>;
  /** Says that it is being worked. */
  start(org: string, id: string, now: Date): Promise<void>;
  /** What it has changed so far, in whatever attempt: its entries of the ledger, oldest first. */
  changes(org: string, id: string): Promise<ResyncResult["changes"]>;
  /** Those of any org that have shown no sign of life since `before`. */
  stale(before: Date): Promise<Resync[]>;
  /** Says that the message of each has been queued. */
  touch(resyncs: Resync[], now: Date): Promise<void>;
  finish(org: string, id: string, end: { result: ResyncResult; error: Resync["error"] }, now: Date): Promise<void>;
}

export function createResyncStore({ orm }: Database): ResyncStore {
  const inFlight = (org: string, caseId: number) =>
    orm
      .select()
      .from(jobs)
      .where(and(eq(jobs.org_id, org), eq(jobs.case_id, caseId), IN_FLIGHT));
  return {
    async open(org, caseId, now) {
      const id = crypto.randomUUID();
      const created_at = now.toISOString();
      const [inserted, current] = await orm.batch([
        orm
          .insert(jobs)
          .values({
            id,
            org_id: org,
            case_id: caseId,
            state: "queued",
            created_at,
            ledger_after: sql`coalesce((SELECT ledger_seq FROM orgs WHERE id = ${org}), 0)`,
          })
          .onConflictDoNothing()
          .returning(),
        inFlight(org, caseId),
      ]);
      const row = inserted[0] ?? current[0];
      if (!row) throw new Error("a job was neither opened nor found");
      return { job: asJob(row), heartbeatAt: row.heartbeat_at };
    },
    async get(org, id) {
      const [row] = await orm
        .select()
        .from(jobs)
        .where(and(eq(jobs.org_id, org), eq(jobs.id, id)));
      return row ? asJob(row) : null;
    },
    async unfinished(org) {
      const rows = await orm
        .select()
        .from(jobs)
        .where(and(eq(jobs.org_id, org), IN_FLIGHT));
      return rows.map(asJob);
    },
    async start(org, id, now) {
      await orm
        .update(jobs)
        .set({ state: "running", heartbeat_at: now.toISOString() })
        .where(and(eq(jobs.org_id, org), eq(jobs.id, id), IN_FLIGHT));
    },
    async changes(org, id) {
      const entries = await orm
        .select({
          entity: changes.entity,
          id: changes.entity_id,
          field: changes.field,
          old: changes.old_value,
          new: changes.new_value,
        })
        .from(changes)
        .where(
          and(
            eq(changes.org_id, org),
            gt(changes.seq, sql`(SELECT ledger_after FROM jobs WHERE org_id = ${org} AND id = ${id})`),
            eq(changes.job_id, id),
          ),
        )
        .orderBy(asc(changes.seq));
      return entries.map((entry) => ({ ...entry, old: parsed(entry.old), new: parsed(entry.new) }));
    },
    async stale(before) {
      const silent = sql`coalesce(${jobs.heartbeat_at}, ${jobs.created_at}) < ${before.toISOString()}`;
      const rows = await orm.select().from(jobs).where(and(IN_FLIGHT, silent));
      return rows.map(asJob);
    },
    async touch(resyncs, now) {
      if (resyncs.length === 0) return;
      const keys = JSON.stringify(resyncs.map(({ org, id }) => [org, id]));
      await orm.run(sql`UPDATE jobs SET heartbeat_at = ${now.toISOString()}
        WHERE (org_id, id) IN (SELECT value ->> 0, value ->> 1 FROM json_each(${keys})) AND state IN ('queued', 'running')`);
    },
    async finish(org, id, end, now) {
      await orm
        .update(jobs)
        .set({
          state: end.error ? "failed" : "succeeded",
          result: JSON.stringify(end.result),
          error: end.error && JSON.stringify(end.error),
          finished_at: now.toISOString(),
        })
        .where(and(eq(jobs.org_id, org), eq(jobs.id, id), IN_FLIGHT));
    },
  };
}

function parsed(value: string | null): unknown {
  return value === null ? null : JSON.parse(value);
}

function asJob(row: typeof jobs.$inferSelect): Resync {
  return {
    id: row.id,
    org: row.org_id,
    case_id: row.case_id,
    state: row.state,
    result: row.result === null ? null : JSON.parse(row.result),
    error: row.error === null ? null : JSON.parse(row.error),
    created_at: row.created_at,
    finished_at: row.finished_at,
  };
}
