import type { ContactLink, ContactRow, LeadRow, ProjectRow, TeamLink, TeamMemberRow } from "../../domain/rows.ts";

export type Entity = "project" | "lead" | "contact" | "project_contact" | "team_member" | "project_team_member";

/**
 * One entry of the field ledger. A row that appears or goes is one entry with field `*` and the whole row as value;
 * applied in order, the entries of an org rebuild its tables.
 */
export interface LedgerEntry {
  entity: Entity;
  /** The key without the org: `17`, `17:4` (case:client, case:staff), `lead:9`, `case:9`. */
  entity_id: string;
  field: string;
  old: unknown;
  new: unknown;
}

/** What has to be written so that the tables become the outcome: changed rows only. */
export interface Plan {
  projects: ProjectRow[];
  leads: LeadRow[];
  contacts: ContactRow[];
  team_members: TeamMemberRow[];
  contact_links: { upsert: (ContactLink & { case_id: number })[]; remove: { case_id: number; client_id: number }[] };
  team_links: { upsert: (TeamLink & { case_id: number })[]; remove: { case_id: number; staff_id: number }[] };
  /** Contacts whose set of links changed, whether or not their row did. */
  relinked: number[];
  ledger: LedgerEntry[];
}
