import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** Records whose reads by id fail while MyCase answers others, and how often in a row. Empty while nothing fails. */
export const recordFailures = sqliteTable(
  "record_failures",
  {
    org_id: text().notNull(),
    model: text().notNull(),
    id: integer().notNull(),
    attempts: integer().notNull(),
    first_at: text().notNull(),
    last_at: text().notNull(),
  },
  (t) => [primaryKey({ columns: [t.org_id, t.model, t.id] })],
);
