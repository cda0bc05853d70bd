import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { Model } from "../../domain/resources.ts";

/**
 * Listings that cannot be relied on: MyCase refuses them (`forbidden`), or they are incomplete, so that deletions are not
 * looked for (`deletions_unchecked`). A row goes with the first run that has no such trouble.
 */
export const listingTroubles = sqliteTable(
  "listing_troubles",
  {
    org_id: text().notNull(),
    model: text().$type<Model>().notNull(),
    kind: text({ enum: ["forbidden", "deletions_unchecked"] }).notNull(),
    /** How many runs in a row met it. */
    runs: integer().notNull().default(1),
    /** The last run that met it. */
    run_id: text().notNull(),
    detail: text().notNull(),
    first_at: text().notNull(),
  },
  (t) => [primaryKey({ columns: [t.org_id, t.model, t.kind] })],
);
