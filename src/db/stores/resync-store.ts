import { and, asc, eq, gt, type SQL, sql } from "drizzle-orm";
import type { Resync, ResyncResult } from "../../domain/run.ts";
import type { Database } from "../database.ts";
import { changes, jobs } from "../schema/index.ts";

// Written out: with bound values SQLite would not use the index of what is in flight.
const IN_FLIGHT = sql`${jobs.state} IN ('queued', 'running')`;

export interface ResyncStore {
  /** Opens a job for the case, or gives the one that is in flight. */
  open(org: string, caseId: number, now: Date): Promise<{ job: Resync; opened: boolean }>;
  get(org: string, id: string): Promise<Resync | null>;
  /** The org's jobs that have not ended. */
  unfinished(org: string): Promise<Resync[]>;
  /** Says that it is being worked. */
  start(org: string, id: string, now: Date): Promise<void>;
  /** What it has changed so far, in whatever attempt: its entries of the ledger, oldest first. */
  changes(org: string, id: string): Promise<ResyncResult["changes"]>;
  /** Claims the queuing anew of one that shows no sign of life since `before`; false when there is nothing to queue. */
  requeue(org: string, id: string, before: Date, now: Date): Promise<boolean>;
  /** The same for all of every org. */
  reclaimStale(before: Date, now: Date): Promise<Resync[]>;
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
            heartbeat_at: created_at,
            ledger_after: sql`coalesce((SELECT id FROM changes WHERE org_id = ${org}
              AND id < ${Number.MAX_SAFE_INTEGER} ORDER BY id DESC LIMIT 1), 0)`,
          })
          .onConflictDoNothing()
          .returning(),
        inFlight(org, caseId),
      ]);
      const row = inserted[0] ?? current[0];
      if (!row) throw new Error("a job was neither opened nor found");
      return { job: asJob(row), opened: inserted.length > 0 };
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
        .innerJoin(jobs, and(eq(jobs.org_id, org), eq(jobs.id, id)))
        .where(and(eq(changes.org_id, org), gt(changes.id, jobs.ledger_after), eq(changes.job_id, id)))
        .orderBy(asc(changes.id));
      return entries.map((entry) => ({ ...entry, old: parsed(entry.old), new: parsed(entry.new) }));
    },
    async requeue(org, id, before, now) {
      const claimed = await orm
        .update(jobs)
        .set({ heartbeat_at: now.toISOString() })
        .where(and(eq(jobs.org_id, org), eq(jobs.id, id), IN_FLIGHT, silentSince(before)))
        .returning({ id: jobs.id });
      return claimed.length > 0;
    },
    async reclaimStale(before, now) {
      const claimed = await orm
        .update(jobs)
        .set({ heartbeat_at: now.toISOString() })
        .where(and(IN_FLIGHT, silentSince(before)))
        .returning();
      return claimed.map(asJob);
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

/** Jobs of older versions have no heartbeat. */
function silentSince(before: Date): SQL {
  return sql`coalesce(${jobs.heartbeat_at}, ${jobs.created_at}) < ${before.toISOString()}`;
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
