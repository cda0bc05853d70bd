import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** Every text that an option of a custom list field has had: its key stays when it is renamed. */
export const customFieldOptions = sqliteTable(
  "custom_field_options",
  { org_id: text().notNull(), field_id: integer().notNull(), key: text().notNull(), option: text().notNull() },
  (t) => [primaryKey({ columns: [t.org_id, t.field_id, t.key, t.option] })],
);
