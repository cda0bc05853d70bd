import { and, eq, getTableColumns, getTableName, is, isNotNull, lt, sql } from "drizzle-orm";
import { SQLiteTable } from "drizzle-orm/sqlite-core";
import type { Database } from "../database.ts";
import * as schema from "../schema/index.ts";
import { orgs } from "../schema/index.ts";

/** An org as the clockwork sees it. */
export interface ConnectedOrg {
  id: string;
  timezone: string;
  /** When the last run that lists everything was started; null if never. One that failed is due again. */
  last_full_at: string | null;
  /** Whether everything is being listed just now, so that a poll would only do it again. */
  backfillRunning: boolean;
}

/** What an org's runs last did; times ISO 8601 UTC. */
export interface RunSchedule {
  timezone: string;
  pull_lead_objects: boolean;
  connected_at: string | null;
  /** When the last poll ended, or began and has not ended. */
  last_poll_at: string | null;
  /** When the last nightly or backfill began that did not fail. */
  last_full_at: string | null;
  /** Everything is being imported: no poll is due. */
  backfillRunning: boolean;
  /** Runs that are queued, running or held; one of a kind keeps others of it from beginning. */
  open: { kind: string; state: string; created_at: string }[];
}

/** What the sync keeps on the org itself. */
export interface OrgSyncStore {
  connected(): Promise<ConnectedOrg[]>;
  /** What tells whether a run is missing; null when there is no such org. */
  runSchedule(org: string): Promise<RunSchedule | null>;
  /** With the address at which MyCase finds this product; null ends the connection. */
  setConnected(org: string, granted: { at: Date; origin: string } | null): Promise<void>;
  /** Where MyCase was told to find this product; null without a connection. */
  origin(org: string): Promise<string | null>;
  configVersion(org: string): Promise<{ config: number; derived: number } | null>;
  /** Everything pulled has been derived with this version. */
  setDerived(org: string, configVersion: number): Promise<void>;
  /** Orgs for which a derivation of everything is due. */
  needsDerivation(): Promise<string[]>;
  /** Removes every row of the org from every table that has any, the org itself included. */
  purge(org: string): Promise<void>;
}

const LAST_FULL_AT = sql<string | null>`(SELECT max(r.created_at) FROM runs r
  WHERE r.org_id = orgs.id AND r.kind IN ('nightly', 'backfill') AND r.state <> 'failed')`;
const BACKFILL_RUNNING = sql<number>`EXISTS (SELECT 1 FROM runs r
  WHERE r.org_id = orgs.id AND r.kind = 'backfill' AND r.state IN ('queued', 'running'))`;

const OPEN_RUNS = sql<string>`(SELECT json_group_array(json_object('kind', r.kind, 'state', r.state, 'created_at', r.created_at))
  FROM runs r WHERE r.org_id = orgs.id AND r.state IN ('queued', 'running', 'held'))`;

export function createOrgSyncStore({ orm, d1, batch }: Database): OrgSyncStore {
  return {
    async connected() {
      const rows = await orm
        .select({ id: orgs.id, timezone: orgs.timezone, last_full_at: LAST_FULL_AT, backfillRunning: BACKFILL_RUNNING })
        .from(orgs)
        .where(isNotNull(orgs.connected_at));
      return rows.map((row) => ({ ...row, backfillRunning: row.backfillRunning === 1 }));
    },
    async runSchedule(org) {
      const [row] = await orm
        .select({
          timezone: orgs.timezone,
          pull_lead_objects: orgs.pull_lead_objects,
          connected_at: orgs.connected_at,
          last_poll_at: sql<string | null>`(SELECT max(coalesce(r.finished_at, r.created_at)) FROM runs r
            WHERE r.org_id = orgs.id AND r.kind = 'poll')`,
          last_full_at: LAST_FULL_AT,
          backfillRunning: BACKFILL_RUNNING,
          open: OPEN_RUNS,
        })
        .from(orgs)
        .where(eq(orgs.id, org));
      return row ? { ...row, backfillRunning: row.backfillRunning === 1, open: JSON.parse(row.open) } : null;
    },
    async setConnected(org, granted) {
      await orm
        .update(orgs)
        .set({ connected_at: granted?.at.toISOString() ?? null, origin: granted?.origin ?? null })
        .where(eq(orgs.id, org));
    },
    async origin(org) {
      const [row] = await orm.select({ origin: orgs.origin }).from(orgs).where(eq(orgs.id, org));
      return row?.origin ?? null;
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
    async needsDerivation() {
      const rows = await orm
        .select({ id: orgs.id })
        .from(orgs)
        .where(and(isNotNull(orgs.mapping_version), lt(orgs.derived_config_version, orgs.config_version)));
      return rows.map((row) => row.id);
    },
    async purge(org) {
      const deletes = ORG_TABLES.map((name) => d1.prepare(`DELETE FROM ${name} WHERE org_id = ?1`).bind(org));
      const made = d1.prepare("DELETE FROM idempotency_keys WHERE location = ?1").bind(`/v1/orgs/${org}`); // of its creation
      await batch([...deletes, made, d1.prepare("DELETE FROM orgs WHERE id = ?1").bind(org)]);
    },
  };
}

/** Every table with a column `org_id`, by the schema itself: a new table cannot be forgotten. */
const ORG_TABLES = Object.values<unknown>(schema)
  .filter((table) => is(table, SQLiteTable))
  .filter((table) => "org_id" in getTableColumns(table))
  .map((table) => getTableName(table));
