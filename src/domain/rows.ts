/**
 * The rows the portal reads, as the mapping makes them: every synced column, nothing else.
 * Keys are MyCase's own ids; the org is implied. Dates are `YYYY-MM-DD`, times ISO 8601 UTC.
 */
export interface ProjectRow {
  case_id: number;
  name: string | null;
  case_number: string | null;
  status: string | null;
  project_type: string | null;
  phase: string | null;
  enabled: boolean;
  type_unmapped: boolean;
  is_lead: boolean;
  practice_area: string | null;
  case_stage: string | null;
  opened_date: string | null;
  closed_date: string | null;
  /** `{"<custom field id>": value}`, keys in ascending numeric order; list values as option text. */
  custom_fields: Record<string, string | number | boolean>;
  main_contact_id: number | null;
  main_contact_reason: MainContactReason;
  pinned_contact_id: number | null;
  deleted_at: string | null;
}

export type MainContactReason =
  | "pinned"
  | "billing_contact"
  | "only_in_group"
  | "lowest_in_group"
  | "lowest_id"
  | "no_contact_in_mapped_groups"
  | "no_contacts";

export interface ContactLink {
  client_id: number;
  role: string | null;
  is_main: boolean;
}

export interface TeamLink {
  staff_id: number;
  lead_lawyer: boolean;
  originating_lawyer: boolean;
}

export interface LeadRow {
  source: "lead" | "case";
  source_id: number;
  contact_id: number | null;
  first_name: string | null;
  last_name: string | null;
  email: string | null;
  phone: string | null;
  phone_raw: string | null;
  status: string | null;
  deleted_at: string | null;
}

export type PhoneSource = "cell" | "work" | "home";

export interface ContactRow {
  client_id: number;
  kind: "client" | "lead";
  first_name: string | null;
  last_name: string | null;
  group_name: string | null;
  email: string | null;
  /** E.164, or null when the raw text does not parse. */
  phone: string | null;
  phone_raw: string | null;
  phone_source: PhoneSource | null;
  birthdate: string | null;
  reachable: boolean;
  archived: boolean;
  /** When the last link to it went; null while anything links to it. */
  unlinked_at: string | null;
  deleted_at: string | null;
}

export interface TeamMemberRow {
  staff_id: number;
  first_name: string | null;
  last_name: string | null;
  title: string | null;
  email: string | null;
  phone: string | null;
  phone_raw: string | null;
  phone_source: PhoneSource | null;
  active: boolean;
  role: string | null;
  visible: boolean;
  visibility_override: "hidden" | null;
}
