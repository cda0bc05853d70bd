import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { Impact } from "../../domain/held-case.ts";

/** Cases that the blast guard keeps as they are, whoever derives them, until the run that found them is decided on. */
export const heldCases = sqliteTable(
  "held_cases",
  {
    org_id: text().notNull(),
    case_id: integer().notNull(),
    run_id: text().notNull(),
    impacts: text({ mode: "json" }).$type<Impact[]>().notNull(),
    /** The org's revision when it was held: derivations that began before no longer commit. */
    version: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.org_id, t.case_id] }), index("held_cases_by_run").on(t.org_id, t.run_id, t.case_id)],
);
