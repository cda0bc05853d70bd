import { and, eq, sql } from "drizzle-orm";
import type { Resync, ResyncResult } from "../../domain/run.ts";
import type { Database } from "../database.ts";
import { jobs } from "../schema/index.ts";

// Written out: with bound values SQLite would not use the index of what is in flight.
const IN_FLIGHT = sql`${jobs.state} IN ('queued', 'running')`;

export interface ResyncStore {
  /** Opens a job for the case, or gives the one that is in flight. */
  open(org: string, caseId: number, now: Date): Promise<{ job: Resync; opened: boolean }>;
  get(org: string, id: string): Promise<Resync | null>;
  /** The org's jobs that have not ended. */
  unfinished(org: string): Promise<Resync[]>;
  start(org: string, id: string): Promise<void>;
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
          .values({ id, org_id: org, case_id: caseId, state: "queued", created_at })
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
    async start(org, id) {
      await orm
        .update(jobs)
        .set({ state: "running" })
        .where(and(eq(jobs.org_id, org), eq(jobs.id, id), eq(jobs.state, "queued")));
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
