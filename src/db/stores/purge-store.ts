import { eq, getTableColumns, is, isNotNull } from "drizzle-orm";
import { getTableConfig, SQLiteTable } from "drizzle-orm/sqlite-core";
import type { Database } from "../database.ts";
import * as schema from "../schema/index.ts";
import { orgs } from "../schema/index.ts";

const SLICE_ROWS = 5_000; // far from D1's 30 seconds, also while other orgs are at work

/** A delete for every table with a column `org_id`, by the schema itself: a new table cannot be forgotten. */
const DELETE_SLICES = Object.values<unknown>(schema)
  .filter((table) => is(table, SQLiteTable))
  .filter((table) => "org_id" in getTableColumns(table))
  .map(deleteSliceOf);

/** By the primary key, because some tables have no rowid. */
function deleteSliceOf(table: SQLiteTable): string {
  const { name, columns, primaryKeys } = getTableConfig(table);
  const keys = primaryKeys[0]?.columns ?? columns.filter((column) => column.primary);
  const key = keys.map((column) => column.name).join(", ");
  return `DELETE FROM ${name} WHERE (${key}) IN (SELECT ${key} FROM ${name} WHERE org_id = ?1 LIMIT ${SLICE_ROWS})`;
}

export type PurgeStore = ReturnType<typeof createPurgeStore>;

/** Deletes orgs, however large: first nobody finds the org and nothing is written for it, then its rows go in slices. */
export function createPurgeStore({ orm, d1, batch }: Database) {
  return {
    /** From here on nobody finds the org, its keys open nothing, and nothing is written for it any more. */
    async begin(org: string, now: Date): Promise<void> {
      await batch([
        d1.prepare("UPDATE orgs SET purging_at = coalesce(purging_at, ?2) WHERE id = ?1").bind(org, now.toISOString()),
        d1.prepare("DELETE FROM api_keys WHERE org_id = ?1").bind(org),
        d1.prepare("DELETE FROM idempotency_keys WHERE location = ?1").bind(`/v1/orgs/${org}`), // of its creation
      ]);
    },

    /** Deletes the next slice of rows, the org itself last; true when nothing is left. */
    async deleteSlice(org: string): Promise<boolean> {
      for (const sql of DELETE_SLICES) {
        const { meta } = await d1.prepare(sql).bind(org).run();
        if ((meta.changes ?? 0) >= SLICE_ROWS) return false;
      }
      await orm.delete(orgs).where(eq(orgs.id, org));
      return true;
    },

    /** Orgs whose deletion has begun and not ended. */
    async unfinished(): Promise<string[]> {
      const rows = await orm.select({ id: orgs.id }).from(orgs).where(isNotNull(orgs.purging_at));
      return rows.map(({ id }) => id);
    },
  };
}
