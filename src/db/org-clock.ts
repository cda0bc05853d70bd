import { type SQL, sql } from "drizzle-orm";
import { orgs } from "./schema/index.ts";

/** The org's revision (`?1` the org), with which every write of a batch stamps its rows. */
export const REVISION = "(SELECT clock FROM orgs WHERE id = ?1)";

/** Begins a write: rows stamped after it are later than whatever was read before it. */
export function bumpRevision(d1: D1Database, org: string): D1PreparedStatement {
  return d1.prepare("UPDATE orgs SET clock = clock + 1 WHERE id = ?1").bind(org);
}

/** The same for a commit, which takes the next `entries` numbers of the ledger as well. */
export function bumpRevisionAndLedger(d1: D1Database, org: string, entries: number): D1PreparedStatement {
  return d1.prepare("UPDATE orgs SET clock = clock + 1, ledger_seq = ledger_seq + ?2 WHERE id = ?1").bind(org, entries);
}

/** What an update of an org sets when it changes what derivation reads: derivations from before no longer commit. */
export const NEXT_CONFIG_VERSION = "clock = clock + 1, config_version = clock + 1";

/** The same for Drizzle. */
export const nextConfigVersion: { clock: SQL; config_version: SQL } = {
  clock: sql`${orgs.clock} + 1`,
  config_version: sql`${orgs.clock} + 1`,
};
