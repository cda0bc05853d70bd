import { and, desc, eq, lt, or, sql } from "drizzle-orm";
import { RUN_KINDS, type Run, type RunKind, type RunProgress, sumOfCounts } from "../../domain/run.ts";
import type { Database } from "../database.ts";
import { runs } from "../schema/index.ts";

// Written out: with bound values SQLite would not use the index of what is in flight.
const OPEN = sql`${runs.state} IN ('queued', 'running', 'held')`;
const WORKING = sql`${runs.state} IN ('queued', 'running')`;

/** The latest run of each kind, by as many look-ups: an org has thousands of polls. */
const latestOfKinds = (org: string) => sql`runs.id IN (SELECT (SELECT r.id FROM runs r
  WHERE r.org_id = ${org} AND r.kind = k.value ORDER BY r.created_at DESC LIMIT 1)
  FROM json_each(${JSON.stringify(RUN_KINDS)}) k)`;

export interface RunStore {
  /** Opens a run of the kind, or gives the one in flight; `begun` when whoever opens it goes on with it at once. */
  open(
    org: string,
    first: { kind: RunKind; trigger: string; cursor: unknown; begun: boolean },
    now: Date,
  ): Promise<{ run: Run; opened: boolean }>;
  get(org: string, id: string): Promise<Run | null>;
  list(org: string, page: { limit: number; before: string | null }): Promise<Run[]>;
  /** Moves on by one step: the run as it is then, or null when somebody else has moved it, or it was cancelled. */
  advance(run: Run, progress: RunProgress, now: Date): Promise<Run | null>;
  /** A sign of life at this time; `working` once a step has begun, not while one only waits in the queue. */
  heartbeat(run: Run, at: Date, working: boolean): Promise<void>;
  /** Stops before the step at hand, until somebody decides; `cursor` is where it goes on then. */
  hold(run: Run, stop: { held: unknown; cursor: unknown }, now: Date): Promise<void>;
  /** Lets a held run go on from `cursor`; false when it is not held. */
  release(run: Run, cursor: unknown, now: Date): Promise<boolean>;
  end(
    run: Run,
    state: "succeeded" | "failed" | "cancelled",
    error: Run["errors"][number] | null,
    now: Date,
  ): Promise<boolean>;
  /**
   * Cancels the org's open runs whose place another takes, and notes that in them: of one kind, only those held, or held
   * with a configuration before `weighedBefore`.
   */
  supersede(
    org: string,
    which: { kind?: RunKind; heldOnly: boolean; evaluatedBefore?: number; by: string },
    now: Date,
  ): Promise<void>;
  /** The latest run of each kind. */
  lastOfKinds(org: string): Promise<Partial<Record<RunKind, Pick<Run, "id" | "state" | "created_at" | "finished_at">>>>;
  /** Runs that wait for a decision, the last one of its kind where that failed, and how many are under way. */
  summary(org: string): Promise<{
    held: { kind: RunKind; created_at: string }[];
    failed: { kind: RunKind; finished_at: string | null }[];
    open: number;
  }>;
  /** The org's runs that are queued or running. */
  working(org: string): Promise<Run[]>;
  /** Open runs of all orgs whose work seems lost; they count as alive from `now` on, for whoever goes on with them. */
  reclaimStale(silentSince: Date, now: Date): Promise<Run[]>;
}

export function createRunStore({ orm }: Database): RunStore {
  const one = (org: string, id: string) => and(eq(runs.org_id, org), eq(runs.id, id));
  return {
    async open(org, { kind, trigger, cursor, begun }, now) {
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
            cursor: JSON.stringify(cursor),
            created_at: at,
            started_at: begun ? at : null,
            heartbeat_at: at,
          })
          .onConflictDoNothing()
          .returning(),
        orm
          .select()
          .from(runs)
          .where(and(eq(runs.org_id, org), eq(runs.kind, kind), OPEN)),
      ]);
      const row = inserted[0] ?? current[0];
      if (!row) throw new Error("a run was neither opened nor found");
      return { run: asRun(row), opened: inserted.length > 0 };
    },
    async get(org, id) {
      const [row] = await orm.select().from(runs).where(one(org, id));
      return row ? asRun(row) : null;
    },
    async list(org, { limit, before }) {
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
    async advance(run, progress, now) {
      const at = now.toISOString();
      const ended = progress.cursor === null;
      const [moved] = await orm
        .update(runs)
        .set({
          ...(ended ? { state: "succeeded" as const, finished_at: at } : {}),
          step: run.step + 1,
          cursor: JSON.stringify(progress.cursor),
          done: sql`${runs.done} + ${progress.done}`,
          total: progress.total ?? sql`${runs.total}`,
          counts: JSON.stringify(sumOfCounts(run.counts, progress.counts)),
          mycase_requests: sql`${runs.mycase_requests} + ${progress.mycase_requests}`,
          rows_written: sql`${runs.rows_written} + ${progress.rows_written}`,
          errors: JSON.stringify([...run.errors, ...progress.errors].slice(-MOST_ERRORS)),
          started_at: run.started_at ?? at,
          heartbeat_at: at,
        })
        .where(and(one(run.org, run.id), eq(runs.step, run.step), WORKING))
        .returning();
      return moved ? asRun(moved) : null;
    },
    async heartbeat(run, beatAt, working) {
      const at = beatAt.toISOString();
      // An index holds the state: writing it unchanged would cost rows.
      const begun =
        working && run.state !== "running" ? { state: "running" as const, started_at: run.started_at ?? at } : {};
      await orm
        .update(runs)
        .set({ ...begun, heartbeat_at: at })
        .where(and(one(run.org, run.id), WORKING));
    },
    async hold(run, { held, cursor }, now) {
      await orm
        .update(runs)
        .set({
          state: "held",
          held: JSON.stringify(held),
          cursor: JSON.stringify(cursor),
          heartbeat_at: now.toISOString(),
        })
        .where(and(one(run.org, run.id), eq(runs.step, run.step), WORKING));
    },
    async release(run, cursor, now) {
      const released = await orm
        .update(runs)
        .set({ state: "queued", step: run.step + 1, cursor: JSON.stringify(cursor), heartbeat_at: now.toISOString() })
        .where(and(one(run.org, run.id), eq(runs.step, run.step), eq(runs.state, "held")))
        .returning({ id: runs.id });
      return released.length > 0;
    },
    async end(run, state, error, now) {
      const ended = await orm
        .update(runs)
        .set({
          state,
          finished_at: now.toISOString(),
          ...(error ? { errors: JSON.stringify([...run.errors, error].slice(-MOST_ERRORS)) } : {}),
        })
        .where(and(one(run.org, run.id), OPEN))
        .returning({ id: runs.id });
      return ended.length > 0;
    },
    async supersede(org, { kind, heldOnly, evaluatedBefore: weighedBefore, by }, now) {
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
            weighedBefore === undefined ? undefined : sql`${runs.cursor} ->> '$.configVersion' < ${weighedBefore}`,
          ),
        );
    },
    async lastOfKinds(org) {
      const rows = await orm
        .select({
          kind: runs.kind,
          id: runs.id,
          state: runs.state,
          created_at: runs.created_at,
          finished_at: runs.finished_at,
        })
        .from(runs)
        .where(and(eq(runs.org_id, org), latestOfKinds(org)));
      return Object.fromEntries(rows.map(({ kind, ...row }) => [kind, row]));
    },
    async summary(org) {
      const { kind, state, created_at, finished_at } = runs;
      const rows = await orm
        .select({ kind, state, created_at, finished_at })
        .from(runs)
        .where(and(eq(runs.org_id, org), or(OPEN, latestOfKinds(org))));
      return {
        held: rows.filter((row) => row.state === "held"),
        failed: rows.filter((row) => row.state === "failed"),
        open: rows.filter((row) => row.state === "queued" || row.state === "running").length,
      };
    },
    async working(org) {
      const rows = await orm
        .select()
        .from(runs)
        .where(and(eq(runs.org_id, org), WORKING));
      return rows.map(asRun);
    },
    async reclaimStale(silentSince, now) {
      const rows = await orm
        .update(runs)
        .set({ heartbeat_at: now.toISOString() })
        .where(and(WORKING, lt(runs.heartbeat_at, silentSince.toISOString())))
        .returning();
      return rows.map(asRun);
    },
  };
}

const MOST_ERRORS = 50;

function asRun(row: typeof runs.$inferSelect): Run {
  const { org_id, ...rest } = row;
  return {
    ...rest,
    org: org_id,
    cursor: row.cursor === null ? null : JSON.parse(row.cursor),
    counts: JSON.parse(row.counts),
    errors: JSON.parse(row.errors),
    held: row.held === null ? null : JSON.parse(row.held),
  };
}
