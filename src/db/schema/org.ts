import { sql } from "drizzle-orm";
import { integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";

/** One law firm. `clock` rises with every commit to its rows; `config_version` with every change of what derivation is told. */
export const orgs = sqliteTable(
  "orgs",
  {
    id: text().primaryKey(),
    name: text().notNull(),
    timezone: text().notNull(),
    default_country: text().notNull().default("US"),
    pull_lead_objects: integer({ mode: "boolean" }).notNull().default(false),
    mapping_version: integer(),
    clock: integer().notNull().default(0),
    config_version: integer().notNull().default(0),
    /** The `seq` of the last entry in the ledger. */
    ledger_seq: integer().notNull().default(0),
    /** The `config_version` with which everything pulled has been derived; lower means that a derivation is due. */
    derived_config_version: integer().notNull().default(0),
    /** When a connection was granted; null without one. The connection object has the last word. */
    connected_at: text(),
    /** Where MyCase was told to find this product when access was granted; webhook addresses are made from it. */
    origin: text(),
    /** The MyCase firm that was connected last; it outlives a disconnect. */
    firm_uuid: text(),
    firm_name: text(),
    created_at: text().notNull(),
    /** Random; tells an org from one that had the same id before and was deleted. */
    epoch: text(),
    /** Since when the org is being deleted: nothing is written for it any more, and nobody finds it. */
    purging_at: text(),
  },
  (t) => [uniqueIndex("orgs_by_connected_firm").on(t.firm_uuid).where(sql`connected_at IS NOT NULL`)],
);
