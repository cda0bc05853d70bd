import { and, eq, getTableColumns, getTableName, is, isNotNull, lt, sql } from "drizzle-orm";
import { SQLiteTable } from "drizzle-orm/sqlite-core";
import type { Database } from "../database.ts";
import * as schema from "../schema/index.ts";
import { orgs } from "../schema/index.ts";

/** An org as the clockwork sees it. */
export interface ConnectedOrg {
  id: string;
  timezone: string;
  /** When the last run that lists everything was started; null if never. */
  last_full_run_at: string | null;
  /** Whether everything is being listed just now, so that a poll would only do it again. */
  importing: boolean;
}

/** What the sync keeps on the org itself. */
export interface OrgSyncStore {
  connected(): Promise<ConnectedOrg[]>;
  setConnected(org: string, at: Date | null): Promise<void>;
  configVersion(org: string): Promise<{ config: number; derived: number } | null>;
  /** Everything pulled has been derived with this version. */
  setDerived(org: string, configVersion: number): Promise<void>;
  /** Orgs for which a derivation of everything is due. */
  underived(): Promise<string[]>;
  /** Removes every row of the org from every table that has any, the org itself included. */
  purge(org: string): Promise<void>;
}

export function createOrgSyncStore({ orm, d1, batch }: Database): OrgSyncStore {
  return {
    async connected() {
      const rows = await orm
        .select({
          id: orgs.id,
          timezone: orgs.timezone,
          last_full_run_at: sql<string | null>`(SELECT max(r.created_at) FROM runs r
            WHERE r.org_id = orgs.id AND r.kind IN ('nightly', 'backfill'))`,
          importing: sql<number>`EXISTS (SELECT 1 FROM runs r
            WHERE r.org_id = orgs.id AND r.kind = 'backfill' AND r.state IN ('queued', 'running'))`,
        })
        .from(orgs)
        .where(isNotNull(orgs.connected_at));
      return rows.map((row) => ({ ...row, importing: row.importing === 1 }));
    },
    async setConnected(org, at) {
      await orm
        .update(orgs)
        .set({ connected_at: at?.toISOString() ?? null })
        .where(eq(orgs.id, org));
    },
    async configVersion(org) {
      const [row] = await orm
        .select({ config: orgs.config_version, derived: orgs.derived_config_version })
        .from(orgs)
        .where(eq(orgs.id, org));
      return row ?? null;
    },
    async setDerived(org, configVersion) {
      await orm
        .update(orgs)
        .set({ derived_config_version: configVersion })
        .where(and(eq(orgs.id, org), lt(orgs.derived_config_version, configVersion)));
    },
    async underived() {
      const rows = await orm
        .select({ id: orgs.id })
        .from(orgs)
        .where(and(isNotNull(orgs.mapping_version), lt(orgs.derived_config_version, orgs.config_version)));
      return rows.map((row) => row.id);
    },
    async purge(org) {
      const deletes = ORG_TABLES.map((name) => d1.prepare(`DELETE FROM ${name} WHERE org_id = ?1`).bind(org));
      await batch([...deletes, d1.prepare("DELETE FROM orgs WHERE id = ?1").bind(org)]);
    },
  };
}

/** Every table with a column `org_id`, by the schema itself: a new table cannot be forgotten. */
const ORG_TABLES = Object.values<unknown>(schema)
  .filter((table) => is(table, SQLiteTable))
  .filter((table) => "org_id" in getTableColumns(table))
  .map((table) => getTableName(table));
