import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** Answers to writes sent with an `Idempotency-Key`, so that a repeat gets the first answer. `status` null: still under way. */
export const idempotencyKeys = sqliteTable(
  "idempotency_keys",
  {
    principal: text().notNull(),
    key: text().notNull(),
    org_id: text(),
    request_hash: text().notNull(),
    status: integer(),
    body: text(),
    location: text(),
    created_at: text().notNull(),
  },
  (t) => [primaryKey({ columns: [t.principal, t.key] })],
);
