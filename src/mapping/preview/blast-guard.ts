import type { MappingDocument } from "../document/schema.ts";

/**
 * Whether a change harms more live projects than a firm lets one run harm unasked: deletes, disables, unlinks,
 * re-types or unmaps them, each project counted once (`harm.projects` of a `DiffReport`).
 */
export function exceedsBlastGuard(
  harm: { projects: number },
  liveProjects: number,
  guard: MappingDocument["blast_guard"],
): boolean {
  if (harm.projects === 0 || liveProjects < guard.min_projects) return false;
  return harm.projects / liveProjects > guard.max_share;
}
