import { sql } from "drizzle-orm";
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import type { Run } from "../../domain/run.ts";
import type { RunKind, RunTrigger } from "../../domain/run-kinds.ts";

/** A manual resync that somebody may ask about. One in flight per case. `result` and `error` are JSON. */
export const jobs = sqliteTable(
  "jobs",
  {
    id: text().primaryKey(),
    org_id: text().notNull(),
    case_id: integer().notNull(),
    state: text({ enum: ["queued", "running", "succeeded", "failed"] }).notNull(),
    result: text(),
    error: text(),
    created_at: text().notNull(),
    /** When its message was last queued or worked; tells a lost one from one that waits. */
    heartbeat_at: text(),
    /** The ledger's last entry when the job was opened: its own come after it. */
    ledger_after: integer().notNull().default(0),
    finished_at: text(),
  },
  (t) => [uniqueIndex("jobs_in_flight").on(t.org_id, t.case_id).where(sql`${t.state} IN ('queued', 'running')`)],
);

/** One sync of many records. `cursor` is where it goes on (JSON); `heartbeat_at` tells a lost one from a slow one. */
export const runs = sqliteTable(
  "runs",
  {
    id: text().primaryKey(),
    org_id: text().notNull(),
    kind: text().$type<RunKind>().notNull(),
    trigger: text().$type<RunTrigger>().notNull(),
    state: text({ enum: ["queued", "running", "held", "succeeded", "failed", "cancelled"] }).notNull(),
    step: integer().notNull().default(0),
    cursor: text({ mode: "json" }),
    done: integer().notNull().default(0),
    total: integer(),
    counts: text({ mode: "json" }).$type<Run["counts"]>().notNull().default({}),
    mycase_requests: integer().notNull().default(0),
    rows_written: integer().notNull().default(0),
    errors: text({ mode: "json" }).$type<Run["errors"]>().notNull().default([]),
    /** What a held run would do: diff and samples. */
    held: text({ mode: "json" }),
    created_at: text().notNull(),
    started_at: text(),
    heartbeat_at: text().notNull(),
    finished_at: text(),
  },
  (t) => [
    // A run that was held and approved is beside the one of its kind that is in flight.
    uniqueIndex("runs_in_flight")
      .on(t.org_id, t.kind, sql`(CASE WHEN "held" IS NULL THEN '' ELSE "id" END)`)
      .where(sql`${t.state} IN ('queued', 'running')`),
    index("runs_by_org").on(t.org_id, t.created_at),
    index("runs_by_kind").on(t.org_id, t.kind, t.created_at),
  ],
);

/** Per kind of record, the instant up to which everything changed in MyCase is saved here. */
export const pollCursors = sqliteTable(
  "poll_cursors",
  { org_id: text().notNull(), model: text().notNull(), updated_after: text().notNull() },
  (t) => [primaryKey({ columns: [t.org_id, t.model] })],
);

/** What could not be processed, and why. `message` is the job as it was queued. */
export const deadLetters = sqliteTable(
  "dead_letters",
  {
    id: text().primaryKey(),
    org_id: text().notNull(),
    message: text().notNull(),
    model: text(),
    record_id: integer(),
    code: text().notNull(),
    detail: text().notNull(),
    attempts: integer().notNull(),
    created_at: text().notNull(),
    closed_at: text(),
    closed_by: text(),
  },
  (t) => [index("dead_letters_open").on(t.org_id, t.closed_at, t.created_at)],
);
