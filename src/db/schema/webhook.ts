import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

/**
 * A webhook subscription at MyCase. The address's secret is kept as its SHA-256, the `hmac_key` encrypted;
 * `scheme` (JSON) is the signature's header, hash and encoding once one has been seen.
 */
export const subscriptions = sqliteTable(
  "subscriptions",
  {
    key_hash: text().primaryKey(),
    org_id: text().notNull(),
    model: text().notNull(),
    mycase_id: text().notNull(),
    hmac_key: text(),
    scheme: text(),
    state: text({ enum: ["active", "retiring", "to_cancel"] }).notNull(),
    created_at: text().notNull(),
  },
  (t) => [index("subscriptions_by_org").on(t.org_id)],
);

/** Deliveries per hour, kind and action; kinds and actions unknown here are counted too, as `other`. */
export const webhookCounts = sqliteTable(
  "webhook_counts",
  {
    org_id: text().notNull(),
    hour: text().notNull(),
    model: text().notNull(),
    action: text().notNull(),
    recognised: integer({ mode: "boolean" }).notNull(),
    received: integer().notNull(),
    /** The longest that one of them waited in the queue. */
    longest_wait_ms: integer().notNull().default(0),
    last_at: text().notNull(),
  },
  (t) => [primaryKey({ columns: [t.org_id, t.hour, t.model, t.action] })],
);

/** Changes that polls and nightlies found and no event had told of, per hour of the change. */
export const webhookMisses = sqliteTable(
  "webhook_misses",
  {
    org_id: text().notNull(),
    hour: text().notNull(),
    model: text().notNull(),
    found_by: text({ enum: ["poll", "nightly"] }).notNull(),
    missed: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.org_id, t.hour, t.model, t.found_by] })],
);
