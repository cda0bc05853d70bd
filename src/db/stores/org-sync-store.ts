import { and, eq, isNotNull, isNull, lt, sql } from "drizzle-orm";
import type { Database } from "../database.ts";
import { inOrgs } from "../in-orgs.ts";
import { orgs } from "../schema/index.ts";
import type { ConfigVersion } from "./config-store.ts";

/** An org as the clockwork sees it. */
export interface ConnectedOrg {
  id: string;
  timezone: string;
  /** When the last run that lists everything was started; null if never. One that failed is due again. */
  last_full_at: string | null;
  /** The same, also of one that failed. */
  last_full_attempt_at: string | null;
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
  /** Runs that are queued or running. */
  open: { kind: string; state: string; created_at: string }[];
}

/** A law firm as MyCase identifies it. */
export interface Firm {
  uuid: string;
  /** As MyCase named it when access was granted. */
  name: string | null;
}

/** What the sync keeps on the org itself. */
export interface OrgSyncStore {
  connected(): Promise<ConnectedOrg[]>;
  /** What tells whether a run is missing; null when there is no such org. */
  runSchedule(org: string): Promise<RunSchedule | null>;
  /** The same of many orgs, in one statement. */
  runSchedules(orgs: string[]): Promise<Map<string, RunSchedule>>;
  /** Records a granted connection; a firm belongs to one connected org at a time. */
  connect(org: string, grant: { at: Date; origin: string; firm: Firm }): Promise<"connected" | "elsewhere" | "gone">;
  /** The firm is remembered, so that another one is noticed. */
  disconnect(org: string): Promise<void>;
  /** The firm that was connected last, and whether it still is. */
  connection(org: string): Promise<{ firm: Firm | null; connected_at: string | null } | null>;
  /** The org that a firm is connected to. */
  orgOfFirm(firmUuid: string): Promise<string | null>;
  /** Orgs without a connection, in a different order each time. */
  unconnected(limit: number): Promise<string[]>;
  /** Where MyCase was told to find this product; null without a connection. */
  origin(org: string): Promise<string | null>;
  configVersion(org: string): Promise<(ConfigVersion & { derived: number }) | null>;
  /** Everything pulled has been derived with this version. */
  setDerived(org: string, configVersion: number): Promise<void>;
  /** Orgs for which a derivation of everything is due. */
  needsDerivation(): Promise<string[]>;
}

const LAST_FULL_AT = sql<string | null>`(SELECT max(r.created_at) FROM runs r
  WHERE r.org_id = orgs.id AND r.kind IN ('nightly', 'backfill') AND r.state <> 'failed')`;
const LAST_FULL_ATTEMPT_AT = sql<string | null>`(SELECT max(r.created_at) FROM runs r
  WHERE r.org_id = orgs.id AND r.kind IN ('nightly', 'backfill'))`;
const BACKFILL_RUNNING = sql<number>`EXISTS (SELECT 1 FROM runs r
  WHERE r.org_id = orgs.id AND r.kind = 'backfill' AND r.state IN ('queued', 'running'))`;

const OPEN_RUNS = sql<string>`(SELECT json_group_array(json_object('kind', r.kind, 'state', r.state, 'created_at', r.created_at))
  FROM runs r WHERE r.org_id = orgs.id AND r.state IN ('queued', 'running'))`;

export function createOrgSyncStore({ orm }: Database): OrgSyncStore {
  const runSchedules = async (ids: string[]) => {
    const rows = await orm
      .select({
        id: orgs.id,
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
      .where(and(inOrgs(orgs.id, ids), isNull(orgs.purging_at)));
    return new Map(
      rows.map(({ id, ...row }) => [
        id,
        { ...row, backfillRunning: row.backfillRunning === 1, open: JSON.parse(row.open) },
      ]),
    );
  };
  return {
    async connected() {
      const rows = await orm
        .select({
          id: orgs.id,
          timezone: orgs.timezone,
          last_full_at: LAST_FULL_AT,
          last_full_attempt_at: LAST_FULL_ATTEMPT_AT,
          backfillRunning: BACKFILL_RUNNING,
        })
        .from(orgs)
        .where(and(isNotNull(orgs.connected_at), isNull(orgs.purging_at)));
      return rows.map((row) => ({ ...row, backfillRunning: row.backfillRunning === 1 }));
    },
    async runSchedule(org) {
      return (await runSchedules([org])).get(org) ?? null;
    },
    runSchedules,
    async connect(org, { at, origin, firm }) {
      const isElsewhere = sql`EXISTS (SELECT 1 FROM orgs o
        WHERE o.firm_uuid = ${firm.uuid} AND o.connected_at IS NOT NULL AND o.id <> ${org})`;
      const updated = await orm
        .update(orgs)
        .set({ connected_at: at.toISOString(), origin, firm_uuid: firm.uuid, firm_name: firm.name })
        .where(and(eq(orgs.id, org), isNull(orgs.purging_at), sql`NOT ${isElsewhere}`))
        .returning({ id: orgs.id });
      if (updated.length > 0) return "connected";
      const [row] = await orm
        .select({ id: orgs.id })
        .from(orgs)
        .where(and(eq(orgs.id, org), isNull(orgs.purging_at)));
      return row ? "elsewhere" : "gone";
    },
    async disconnect(org) {
      await orm.update(orgs).set({ connected_at: null, origin: null }).where(eq(orgs.id, org));
    },
    async connection(org) {
      const [row] = await orm
        .select({ uuid: orgs.firm_uuid, name: orgs.firm_name, connected_at: orgs.connected_at })
        .from(orgs)
        .where(eq(orgs.id, org));
      if (!row) return null;
      const { uuid, name, connected_at } = row;
      return { firm: uuid === null ? null : { uuid, name }, connected_at };
    },
    async orgOfFirm(firmUuid) {
      const [row] = await orm
        .select({ id: orgs.id })
        .from(orgs)
        .where(and(eq(orgs.firm_uuid, firmUuid), isNotNull(orgs.connected_at)));
      return row?.id ?? null;
    },
    async unconnected(limit) {
      const rows = await orm
        .select({ id: orgs.id })
        .from(orgs)
        .where(and(isNull(orgs.connected_at), isNull(orgs.purging_at)))
        .orderBy(sql`random()`)
        .limit(limit);
      return rows.map((row) => row.id);
    },
    async origin(org) {
      const [row] = await orm.select({ origin: orgs.origin }).from(orgs).where(eq(orgs.id, org));
      return row?.origin ?? null;
    },
    async configVersion(org) {
      const [row] = await orm
        .select({ config_version: orgs.config_version, epoch: orgs.epoch, derived: orgs.derived_config_version })
        .from(orgs)
        .where(and(eq(orgs.id, org), isNull(orgs.purging_at)));
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
        .where(
          and(
            isNull(orgs.purging_at),
            isNotNull(orgs.mapping_version),
            lt(orgs.derived_config_version, orgs.config_version),
          ),
        );
      return rows.map((row) => row.id);
    },
  };
}
