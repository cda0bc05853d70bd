import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { json } from "./json.ts";

/** `{"<custom field id>": value}`, keys in ascending numeric order; list values as option text. */
type CustomFields = Record<string, string | number | boolean>;

const MAIN_CONTACT_REASONS = [
  "pinned",
  "billing_contact",
  "only_in_group",
  "lowest_in_group",
  "lowest_id",
  "no_contact_in_mapped_groups",
  "no_contacts",
] as const;

/**
 * What a case became. `synced_at`: when a sync last changed the row; `version`: the org's revision at that write. Dates
 * are `YYYY-MM-DD`, times ISO 8601 UTC.
 */
export const projects = sqliteTable(
  "projects",
  {
    org_id: text().notNull(),
    case_id: integer().notNull(),
    name: text(),
    case_number: text(),
    status: text(),
    project_type: text(),
    phase: text(),
    enabled: integer({ mode: "boolean" }).notNull(),
    type_unmapped: integer({ mode: "boolean" }).notNull(),
    is_lead: integer({ mode: "boolean" }).notNull(),
    practice_area: text(),
    case_stage: text(),
    opened_date: text(),
    closed_date: text(),
    custom_fields: json<CustomFields>().notNull(),
    main_contact_id: integer(),
    main_contact_reason: text({ enum: MAIN_CONTACT_REASONS }).notNull(),
    pinned_contact_id: integer(),
    mapping_version: integer().notNull(),
    mycase_updated_at: text(),
    synced_at: text().notNull(),
    deleted_at: text(),
    version: integer().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.org_id, t.case_id] }),
    index("projects_by_type").on(t.org_id, t.project_type, t.phase, t.case_id),
  ],
);

/** The clients linked to a project. */
export const projectContacts = sqliteTable(
  "project_contacts",
  {
    org_id: text().notNull(),
    case_id: integer().notNull(),
    client_id: integer().notNull(),
    role: text(),
    is_main: integer({ mode: "boolean" }).notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.org_id, t.case_id, t.client_id] }),
    index("project_contacts_by_client").on(t.org_id, t.client_id),
  ],
);

/** The staff assigned to a project. */
export const projectTeamMembers = sqliteTable(
  "project_team_members",
  {
    org_id: text().notNull(),
    case_id: integer().notNull(),
    staff_id: integer().notNull(),
    lead_lawyer: integer({ mode: "boolean" }).notNull(),
    originating_lawyer: integer({ mode: "boolean" }).notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.org_id, t.case_id, t.staff_id] }),
    index("project_team_members_by_staff").on(t.org_id, t.staff_id),
  ],
);
