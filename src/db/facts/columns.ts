import type { ContactLink, ContactRow, LeadRow, ProjectRow, TeamLink, TeamMemberRow } from "../../domain/rows.ts";

/** How a synced column is kept in SQLite, beside what its type says: flags as 0 and 1, objects as JSON text. */
export type Form = "plain" | "flag" | "json";

export type Columns = Record<string, Form>;

type ColumnsOf<T> = Record<keyof T, Form>;

const projects: ColumnsOf<ProjectRow> = {
  case_id: "plain",
  name: "plain",
  case_number: "plain",
  status: "plain",
  project_type: "plain",
  phase: "plain",
  enabled: "flag",
  type_unmapped: "flag",
  is_lead: "flag",
  practice_area: "plain",
  case_stage: "plain",
  opened_date: "plain",
  closed_date: "plain",
  custom_fields: "json",
  main_contact_id: "plain",
  main_contact_reason: "plain",
  pinned_contact_id: "plain",
  deleted_at: "plain",
};

const contacts: ColumnsOf<ContactRow> = {
  client_id: "plain",
  kind: "plain",
  first_name: "plain",
  last_name: "plain",
  group_name: "plain",
  email: "plain",
  phone: "plain",
  phone_raw: "plain",
  phone_source: "plain",
  birthdate: "plain",
  reachable: "flag",
  archived: "flag",
  unlinked_at: "plain",
  deleted_at: "plain",
};

const leads: ColumnsOf<LeadRow> = {
  source: "plain",
  source_id: "plain",
  contact_id: "plain",
  first_name: "plain",
  last_name: "plain",
  email: "plain",
  phone: "plain",
  phone_raw: "plain",
  status: "plain",
  deleted_at: "plain",
};

const teamMembers: ColumnsOf<TeamMemberRow> = {
  staff_id: "plain",
  first_name: "plain",
  last_name: "plain",
  title: "plain",
  email: "plain",
  phone: "plain",
  phone_raw: "plain",
  phone_source: "plain",
  active: "flag",
  role: "plain",
  visible: "flag",
  visibility_override: "plain",
};

const projectContacts: ColumnsOf<ContactLink & { case_id: number }> = {
  case_id: "plain",
  client_id: "plain",
  role: "plain",
  is_main: "flag",
};

const projectTeamMembers: ColumnsOf<TeamLink & { case_id: number }> = {
  case_id: "plain",
  staff_id: "plain",
  lead_lawyer: "flag",
  originating_lawyer: "flag",
};

/** The synced columns of each table; the types of `domain/rows.ts` keep this complete. */
export const columnsOf = {
  projects,
  contacts,
  leads,
  team_members: teamMembers,
  project_contacts: projectContacts,
  project_team_members: projectTeamMembers,
};

/** A row of the database as the mapping knows it. */
export function fromDatabase<T>(columns: ColumnsOf<T>, row: Record<string, unknown>): T {
  const entries = Object.entries<Form>(columns).map(([name, form]) => {
    const value = row[name];
    if (form === "flag") return [name, value === 1];
    if (form === "json") return [name, parsed(String(value))];
    return [name, value];
  });
  return Object.fromEntries(entries) as T;
}

/** A column edited by hand may hold anything; text that is no JSON is unlike every value, so the next sync mends it. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return { unreadable: text };
    throw error;
  }
}

/** The values of a row in the order of its columns, as SQLite keeps them. */
export function toDatabase<T extends object>(columns: ColumnsOf<T>, row: T): unknown[] {
  return Object.entries<Form>(columns).map(([name, form]) => {
    const value = row[name as keyof T];
    if (form === "flag") return value ? 1 : 0;
    if (form === "json") return JSON.stringify(value);
    return value;
  });
}
