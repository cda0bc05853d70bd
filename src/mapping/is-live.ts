import type { LeadRow, ProjectRow } from "../domain/rows.ts";

/** A project that the portal shows: enabled, of a mapped type, no lead, not deleted. */
export function isLive(project: ProjectRow | null): boolean {
  return (
    project !== null && project.enabled && !project.type_unmapped && !project.is_lead && project.deleted_at === null
  );
}

/** The lead's contact while the lead stands. */
export function liveLeadContact(lead: LeadRow | null): number | null {
  return lead === null || lead.deleted_at !== null ? null : lead.contact_id;
}
