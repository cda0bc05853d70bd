import { and, eq, isNotNull, lt, sql } from "drizzle-orm";
import type { Database } from "../database.ts";
import { orgs, runs } from "../schema/index.ts";

/** An org as the clockwork sees it. */
export interface ConnectedOrg {
  id: string;
  timezone: string;
  /** When the last run that lists everything was started; null if never. */
  last_full_run_at: string | null;
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
}

export function createOrgSyncStore({ orm }: Database): OrgSyncStore {
  return {
    connected() {
      return orm
        .select({
          id: orgs.id,
          timezone: orgs.timezone,
          last_full_run_at: sql<string | null>`(SELECT max(r.created_at) FROM ${runs} r
            WHERE r.org_id = ${orgs.id} AND r.kind IN ('nightly', 'backfill'))`,
        })
        .from(orgs)
        .where(isNotNull(orgs.connected_at));
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
  };
}
