import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** Every mapping an org ever had; append-only. `restored_from` names the version it repeats. */
export const mappingVersions = sqliteTable(
  "mapping_versions",
  {
    org_id: text().notNull(),
    version: integer().notNull(),
    document: text().notNull(),
    restored_from: integer(),
    created_at: text().notNull(),
  },
  (t) => [primaryKey({ columns: [t.org_id, t.version] })],
);
