import { and, desc, eq, isNull, lt, or, sql } from "drizzle-orm";
import { type Run, type RunProgress, sumOfCounts } from "../../domain/run.ts";
import { RUN_KIND_NAMES, type RunKind, type RunTrigger, storedTrigger } from "../../domain/run-kinds.ts";
import type { Database } from "../database.ts";
import { inOrgs } from "../in-orgs.ts";
import { runPages, runs } from "../schema/index.ts";

// Written out: with bound values SQLite would not use the index of what is in flight.
const OPEN = sql`${runs.state} IN ('queued', 'running', 'held')`;
const WORKING = sql`${runs.state} IN ('queued', 'running')`;

/** The latest run of each kind, by as many look-ups: an org has thousands of polls. */
const latestOfKinds = (orgs: string[]) => sql`runs.id IN (SELECT (SELECT r.id FROM runs r
  WHERE r.org_id = o.value AND r.kind = k.value ORDER BY r.created_at DESC LIMIT 1)
  FROM json_each(${JSON.stringify(orgs)}) o, json_each(${JSON.stringify(RUN_KIND_NAMES)}) k)`;

const MAX_ERRORS = 50;

export type RunStore = ReturnType<typeof createRunStore>;

/** Runs, and what becomes of them. */
export function createRunStore({ orm }: Database) {
  const byId = (org: string, id: string) => and(eq(runs.org_id, org), eq(runs.id, id));
  return {
    /** Opens a run of the kind, or gives the one in flight; `begun` when whoever opens it goes on with it at once. */
    async open(
      org: string,
      { kind, trigger, cursor, begun }: { kind: RunKind; trigger: RunTrigger; cursor: unknown; begun: boolean },
      now: Date,
    ): Promise<{ run: Run; opened: boolean }> {
      const at = now.toISOString();
      const [inserted, current] = await orm.batch([
        orm
          .insert(runs)
          .values({
            id: crypto.randomUUID(),
            org_id: org,
            kind,
            trigger,
            state: begun ? "running" : "queued",
            cursor,
            created_at: at,
            started_at: begun ? at : null,
            heartbeat_at: at,
          })
          .onConflictDoNothing()
          .returning(),
        orm
          .select()
          .from(runs)
          .where(and(eq(runs.org_id, org), eq(runs.kind, kind), WORKING, isNull(runs.held))),
      ]);
      const row = inserted[0] ?? current[0];
      if (!row) throw new Error("a run was neither opened nor found");
      return { run: asRun(row), opened: inserted.length > 0 };
    },

    async get(org: string, id: string): Promise<Run | null> {
      const [row] = await orm.select().from(runs).where(byId(org, id));
      return row ? asRun(row) : null;
    },

    async list(org: string, { limit, before }: { limit: number; before: string | null }): Promise<Run[]> {
      const [at, id] = before?.split("|") ?? [];
      const older = at && id ? or(lt(runs.created_at, at), and(eq(runs.created_at, at), lt(runs.id, id))) : undefined;
      const rows = await orm
        .select()
        .from(runs)
        .where(and(eq(runs.org_id, org), older))
        .orderBy(desc(runs.created_at), desc(runs.id))
        .limit(limit);
      return rows.map(asRun);
    },

    /** Moves on by one step: the run as it is then, or null when somebody else has moved it, or it was cancelled. */
    async advance(run: Run, progress: RunProgress, now: Date): Promise<Run | null> {
      const at = now.toISOString();
      const ended = progress.cursor === null;
      const [advanced] = await orm
        .update(runs)
        .set({
          ...(ended ? { state: "succeeded" as const, finished_at: at } : {}),
          step: run.step + 1,
          cursor: progress.cursor,
          done: sql`${runs.done} + ${progress.done}`,
          total: progress.total ?? sql`${runs.total}`,
          counts: sumOfCounts(run.counts, progress.counts),
          mycase_requests: sql`${runs.mycase_requests} + ${progress.mycase_requests}`,
          rows_written: sql`${runs.rows_written} + ${progress.rows_written}`,
          errors: [...run.errors, ...progress.errors].slice(-MAX_ERRORS),
          started_at: run.started_at ?? at,
          heartbeat_at: at,
        })
        .where(and(byId(run.org, run.id), eq(runs.step, run.step), WORKING))
        .returning();
      return advanced ? asRun(advanced) : null;
    },

    /** A sign of life at this time; `working` once a step has begun, not while one only waits in the queue. */
    async heartbeat(run: Run, beatAt: Date, working: boolean): Promise<void> {
      const at = beatAt.toISOString();
      // An index holds the state: writing it unchanged would cost rows.
      const begun =
        working && run.state !== "running" ? { state: "running" as const, started_at: run.started_at ?? at } : {};
      await orm
        .update(runs)
        .set({ ...begun, heartbeat_at: at })
        .where(and(byId(run.org, run.id), WORKING));
    },

    /** Stops before the step at hand, until somebody decides; `cursor` is where it goes on then. */
    async hold(run: Run, { held, cursor }: { held: unknown; cursor: unknown }, now: Date): Promise<void> {
      await orm
        .update(runs)
        .set({ state: "held", held, cursor, heartbeat_at: now.toISOString() })
        .where(and(byId(run.org, run.id), eq(runs.step, run.step), WORKING));
    },

    /** Lets a held run go on from `cursor`; false when it is not held. */
    async release(run: Run, cursor: unknown, now: Date): Promise<boolean> {
      const released = await orm
        .update(runs)
        .set({ state: "queued", step: run.step + 1, cursor, heartbeat_at: now.toISOString() })
        .where(and(byId(run.org, run.id), eq(runs.step, run.step), eq(runs.state, "held")))
        .returning({ id: runs.id });
      return released.length > 0;
    },

    /** Ends an open run before its last step; false when it is not open. */
    async end(
      run: Run,
      state: "failed" | "cancelled",
      error: Run["errors"][number] | null,
      now: Date,
    ): Promise<boolean> {
      const [ended] = await orm.batch([
        orm
          .update(runs)
          .set({
            state,
            cursor: null,
            finished_at: now.toISOString(),
            ...(error ? { errors: [...run.errors, error].slice(-MAX_ERRORS) } : {}),
          })
          .where(and(byId(run.org, run.id), OPEN))
          .returning({ id: runs.id }),
        orm.delete(runPages).where(and(eq(runPages.org_id, run.org), eq(runPages.run_id, run.id))),
      ]);
      return ended.length > 0;
    },

    /**
     * Cancels the org's open runs whose place another takes, and notes that in them: of one kind, only those held, or held
     * with a configuration before `evaluatedBefore`.
     */
    async supersede(
      org: string,
      {
        kind,
        heldOnly,
        evaluatedBefore,
        by,
      }: { kind?: RunKind; heldOnly: boolean; evaluatedBefore?: number; by: string },
      now: Date,
    ): Promise<void> {
      const at = now.toISOString();
      const note = JSON.stringify({ code: "superseded", detail: `A newer ${by} takes its place.`, at });
      await orm
        .update(runs)
        .set({ state: "cancelled", finished_at: at, errors: sql`json_insert(${runs.errors}, '$[#]', json(${note}))` })
        .where(
          and(
            eq(runs.org_id, org),
            OPEN,
            kind && eq(runs.kind, kind),
            heldOnly ? eq(runs.state, "held") : undefined,
            evaluatedBefore === undefined ? undefined : sql`${runs.cursor} ->> '$.configVersion' < ${evaluatedBefore}`,
          ),
        );
    },

    /** The latest run of each kind. */
    async lastOfKinds(
      org: string,
    ): Promise<Partial<Record<RunKind, Pick<Run, "id" | "state" | "created_at" | "finished_at">>>> {
      const { kind, id, state, created_at, finished_at } = runs;
      const rows = await orm
        .select({ kind, id, state, created_at, finished_at })
        .from(runs)
        .where(and(eq(runs.org_id, org), latestOfKinds([org])));
      return Object.fromEntries(rows.map(({ kind: name, ...row }) => [name, row]));
    },

    /** Of each org: runs that wait for a decision, the last of its kind where that failed, and how many are under way. */
    async summaries(orgs: string[]) {
      const { org_id, kind, state, created_at, finished_at, heartbeat_at } = runs;
      const held_for = sql<string | null>`${runs.held} ->> '$.reason'`;
      const rows = await orm
        .select({ org: org_id, kind, state, created_at, finished_at, held_at: heartbeat_at, held_for })
        .from(runs)
        .where(or(and(inOrgs(org_id, orgs), OPEN), latestOfKinds(orgs)));
      const byOrg = Map.groupBy(rows, ({ org }) => org);
      return new Map(
        orgs.map((org) => {
          const ofOrg = byOrg.get(org) ?? [];
          const summary = {
            held: ofOrg.filter((row) => row.state === "held"),
            failed: ofOrg.filter((row) => row.state === "failed"),
            open: ofOrg.filter((row) => row.state === "queued" || row.state === "running").length,
          };
          return [org, summary] as const;
        }),
      );
    },

    /** The org's runs that are queued or running. */
    async working(org: string): Promise<Run[]> {
      const rows = await orm
        .select()
        .from(runs)
        .where(and(eq(runs.org_id, org), WORKING));
      return rows.map(asRun);
    },

    /** Open runs of all orgs without a heartbeat since. */
    async silent(since: Date): Promise<Pick<Run, "id" | "kind" | "heartbeat_at">[]> {
      const { id, kind, heartbeat_at } = runs;
      return orm
        .select({ id, kind, heartbeat_at })
        .from(runs)
        .where(and(WORKING, lt(heartbeat_at, since.toISOString())));
    },

    /** Those of the runs that are still silent; they count as alive from `now` on, for whoever goes on with them. */
    async reclaim(ids: string[], silentSince: Date, now: Date): Promise<Run[]> {
      const isNamed = sql`${runs.id} IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`;
      const rows = await orm
        .update(runs)
        .set({ heartbeat_at: now.toISOString() })
        .where(and(isNamed, WORKING, lt(runs.heartbeat_at, silentSince.toISOString())))
        .returning();
      return rows.map(asRun);
    },
  };
}

function asRun({ org_id, ...row }: typeof runs.$inferSelect): Run {
  return { ...row, org: org_id, trigger: storedTrigger(row.trigger) };
}
