import { sql } from "drizzle-orm";
import { check, index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

/**
 * The field ledger: what changed, from what to what (JSON), because of which trigger and job. Append-only; `seq` rises by
 * one within an org, without gaps.
 */
export const changes = sqliteTable(
  "changes",
  {
    org_id: text().notNull(),
    seq: integer().notNull(),
    entity: text().notNull(),
    entity_id: text().notNull(),
    field: text().notNull(),
    old_value: text(),
    new_value: text(),
    trigger: text().notNull(),
    job_id: text(),
    at: text().notNull(),
  },
  (t) => [primaryKey({ columns: [t.org_id, t.seq] }), index("changes_by_row").on(t.org_id, t.entity_id)],
);

/** Never holds a row: a commit whose inputs changed since they were read inserts 0 here, which undoes the whole batch. */
export const commitGuard = sqliteTable("commit_guard", { ok: integer().notNull() }, (t) => [
  check("commit_inputs_unchanged", sql`${t.ok} = 1`),
]);
