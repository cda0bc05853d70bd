import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { Model } from "../../domain/resources.ts";

/** What the listings of an open run have shown so far: the ids of each page. Gone when the run has used them, or ended. */
export const runPages = sqliteTable(
  "run_pages",
  {
    org_id: text().notNull(),
    run_id: text().notNull(),
    model: text().$type<Model>().notNull(),
    page: integer().notNull(),
    ids: text({ mode: "json" }).$type<number[]>().notNull(),
    /** The ticket of the page's read: a record asked for since has a higher one. */
    ticket: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.org_id, t.run_id, t.model, t.page] })],
);
