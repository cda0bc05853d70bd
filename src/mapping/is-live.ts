import type { LeadRow, ProjectRow } from "../domain/rows.ts";

/** A project that the portal shows: enabled, of a mapped type, no lead, not deleted. */
export function isLive(project: ProjectRow | null): boolean {
  if (project === null || project.deleted_at !== null) return false;
  return project.enabled && !project.type_unmapped && !project.is_lead;
}

/** The lead's contact while the lead stands. */
export function liveLeadContact(lead: LeadRow | null): number | null {
  return lead === null || lead.deleted_at !== null ? null : lead.contact_id;
}
