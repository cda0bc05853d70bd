import type { ProjectRow } from "../../domain/rows.ts";
import type { CaseFacts } from "../facts.ts";
import { isLive } from "../is-live.ts";
import type { Plan } from "../plan/plan-types.ts";
import { count, type DiffTally, type Impact } from "./diff-tally.ts";

/** Adds what a plan does to projects that were live: what the blast guard weighs. */
export function addImpact({ impact: harm }: DiffTally, changes: Plan, cases: ReadonlyMap<number, CaseFacts>): void {
  const add = (project: ProjectRow, kind: Impact) => {
    const sample = { case_id: project.case_id, name: project.name };
    count(harm[kind], project.case_id, sample);
    count(harm.projects, project.case_id, sample);
  };
  for (const after of changes.projects) {
    const before = cases.get(after.case_id)?.previous.project ?? null;
    if (before !== null && isLive(before)) for (const kind of harmsOf(before, after)) add(before, kind);
  }
  for (const { case_id } of changes.contact_links.remove) {
    const before = cases.get(case_id)?.previous.project ?? null;
    if (before !== null && isLive(before)) add(before, "unlinked");
  }
}

function harmsOf(before: ProjectRow, after: ProjectRow): Impact[] {
  const harms: Impact[] = [];
  if (after.deleted_at !== null) harms.push("deleted");
  if (!after.enabled) harms.push("disabled");
  if (before.project_type !== after.project_type) harms.push("retyped");
  if (after.type_unmapped) harms.push("unmapped");
  if (after.is_lead) harms.push("became_lead");
  return harms;
}
