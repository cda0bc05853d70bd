import { index, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** A key of one org, stored as the SHA-256 of its text. `scopes` is a JSON array. */
export const apiKeys = sqliteTable(
  "api_keys",
  {
    id: text().primaryKey(),
    org_id: text().notNull(),
    name: text().notNull(),
    scopes: text({ mode: "json" }).$type<string[]>().notNull(),
    hash: text().notNull().unique(),
    created_at: text().notNull(),
    last_used_at: text(),
  },
  (t) => [index("api_keys_by_org").on(t.org_id)],
);
