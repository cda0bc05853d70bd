import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** What each mirrored case came to when it was last derived: the bucket it is counted in, and the code of the reason. */
export const caseOutcomes = sqliteTable(
  "case_outcomes",
  {
    org_id: text().notNull(),
    case_id: integer().notNull(),
    bucket: text().notNull(),
    code: text().notNull(),
  },
  (t) => [primaryKey({ columns: [t.org_id, t.case_id] })],
);
