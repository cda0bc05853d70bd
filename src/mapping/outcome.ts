import type {
  ContactLink,
  ContactRow,
  LeadRow,
  MainContactReason,
  ProjectRow,
  TeamLink,
  TeamMemberRow,
} from "../domain/rows.ts";

/** A value as found on a record; `null` is blank or missing. */
export type Value = string | number | boolean | null;

export type GateName = "connected" | "exists" | "enabled" | "lead_rule" | "project_type" | "phase";

export type GateCode =
  | "ok"
  | "not_connected"
  | "case_not_found"
  | "case_not_visible"
  | "case_malformed"
  | "case_unreadable"
  | "no_mapping"
  | "no_field_mapped"
  | "disabled"
  | "lead"
  | "no_lead_rule"
  | "not_a_lead"
  | "project_type_unmapped"
  | "phase_unmapped"
  | "phase_kept";

/** One decision on the way from case to project, with its evidence. */
export interface Gate {
  gate: GateName;
  passed: boolean;
  code: GateCode;
  /** The mapped field, as the mapping document refers to it. */
  field: { field: string } | { custom_field_id: number; name: string | null } | null;
  value: Value;
  /** The values that would have passed. */
  expected: Value[];
  near_miss: NearMiss | null;
  /** What to do, and where; null when nothing needs doing. */
  fix: string | null;
}

/** A mapped text that the seen one would match, if matching were not exact. Reported, never applied (R56). */
export interface NearMiss {
  expected: string;
  difference: "case" | "spaces" | "dashes" | "quotes" | "nbsp" | "accents" | "plural" | "several";
}

/** Where a case is counted; every case is in exactly one. */
export type Bucket =
  | "project"
  | "lead"
  | "disabled"
  | "type_unmapped"
  | "failed"
  | "pending"
  | "deleted"
  | "not_visible";

export type ContactCode =
  | "main_contact"
  | "linked_by_group"
  | "not_main_contact"
  | "group_not_mapped"
  | "contact_unavailable"
  | "contact_deleted"
  | "company_contact_unsupported"
  | "case_not_live";

export interface ContactDecision {
  /** Client id, or company id when `code` is `company_contact_unsupported`. */
  id: number;
  linked: boolean;
  is_main: boolean;
  role: string | null;
  group: string | null;
  code: ContactCode;
  near_miss: NearMiss | null;
  fix: string | null;
}

export type TeamCode =
  | "visible"
  | "inactive"
  | "role_hidden"
  | "hidden_by_override"
  | "role_not_created"
  | "title_mismatch"
  | "staff_unavailable"
  | "case_not_live";

export interface TeamDecision {
  staff_id: number;
  title: string | null;
  role: string | null;
  visible: boolean;
  code: TeamCode;
  near_miss: NearMiss | null;
  fix: string | null;
}

/** What one case becomes, and why. Explain prints it, sync stores it, preview compares it. */
export interface CaseOutcome {
  case_id: number;
  bucket: Bucket;
  /** The deciding gate's code; `ok` for a live project. */
  code: GateCode;
  gates: Gate[];
  warnings: { code: string; detail: string }[];
  project: ProjectRow | null;
  contacts: ContactLink[];
  team: TeamLink[];
  lead: LeadRow | null;
  main_contact: { client_id: number | null; reason: MainContactReason };
  contact_decisions: ContactDecision[];
  team_decisions: TeamDecision[];
}

/** What a scope of cases, people and leads becomes. Persons without a row here, and none before, are null-free: absent. */
export interface Outcome {
  cases: CaseOutcome[];
  contacts: ContactRow[];
  team_members: TeamMemberRow[];
  /** Rows of lead objects (source `lead`); leads from cases are on their `CaseOutcome`. */
  leads: LeadRow[];
}
