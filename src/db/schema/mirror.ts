import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

const MIRROR_STATES = ["present", "deleted", "not_visible", "malformed", "unreadable"] as const;

/**
 * The faithful copy of one kind of MyCase record. `record` is the JSON as MyCase sent it (null: never a usable one),
 * `hash` its content hash, `ticket` the number of the read that wrote it, `version` the org's clock at that write.
 */
function mirrorTable(name: string) {
  return sqliteTable(
    name,
    {
      org_id: text().notNull(),
      id: integer().notNull(),
      record: text(),
      state: text({ enum: MIRROR_STATES }).notNull().default("present"),
      updated_at: text(),
      hash: text().notNull(),
      ticket: integer().notNull(),
      version: integer().notNull(),
      read_at: text().notNull(),
      deleted_at: text(),
    },
    (t) => [primaryKey({ columns: [t.org_id, t.id] })],
  );
}

export const mycaseCases = mirrorTable("mycase_cases");
export const mycaseClients = mirrorTable("mycase_clients");
export const mycaseStaff = mirrorTable("mycase_staff");
export const mycaseLeads = mirrorTable("mycase_leads");
export const mycaseCompanies = mirrorTable("mycase_companies");
export const mycaseCustomFields = mirrorTable("mycase_custom_fields");
export const mycasePeopleGroups = mirrorTable("mycase_people_groups");
export const mycaseCaseStages = mirrorTable("mycase_case_stages");
export const mycasePracticeAreas = mirrorTable("mycase_practice_areas");

/** Who is on which case, as the mirrored cases say: the way from a changed person to the cases it concerns. */
export const mycaseCasePeople = sqliteTable(
  "mycase_case_people",
  {
    org_id: text().notNull(),
    kind: text({ enum: ["client", "staff"] }).notNull(),
    person_id: integer().notNull(),
    case_id: integer().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.org_id, t.kind, t.person_id, t.case_id] }),
    index("mycase_case_people_by_case").on(t.org_id, t.case_id),
  ],
);

/** Per kind of record, the highest read whose unchanged records were not rewritten: an older read must be repeated. */
export const readFences = sqliteTable(
  "read_fences",
  { org_id: text().notNull(), model: text().notNull(), ticket: integer().notNull() },
  (t) => [primaryKey({ columns: [t.org_id, t.model] })],
);
