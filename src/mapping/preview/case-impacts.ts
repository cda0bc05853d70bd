import { IMPACTS, type Impact } from "../../domain/held-case.ts";
import type { ProjectRow } from "../../domain/rows.ts";
import type { CaseFacts } from "../facts.ts";
import { isLive } from "../is-live.ts";
import type { Plan } from "../plan/plan-types.ts";

/** What a plan does to each project that was live and that it harms: what the blast guard evaluates. */
export function impactsByCase(changes: Plan, cases: CaseFacts[]): Map<number, Impact[]> {
  const impacts = new Map<number, Impact[]>();
  const unlinked = new Set(changes.contact_links.remove.map(({ case_id }) => case_id));
  const written = new Map(changes.projects.map((row) => [row.case_id, row]));
  for (const { case_id, previous } of cases) {
    const before = previous.project;
    if (before === null || !isLive(before)) continue;
    const after = written.get(case_id) ?? before;
    const kinds = IMPACTS.filter((kind) =>
      kind === "unlinked" ? unlinked.has(case_id) : isHarmed[kind](before, after),
    );
    if (kinds.length > 0) impacts.set(case_id, kinds);
  }
  return impacts;
}

const isHarmed: Record<Exclude<Impact, "unlinked">, (before: ProjectRow, after: ProjectRow) => boolean> = {
  deleted: (_, after) => after.deleted_at !== null,
  disabled: (_, after) => !after.enabled,
  retyped: (before, after) => before.project_type !== after.project_type,
  unmapped: (_, after) => after.type_unmapped,
  became_lead: (_, after) => after.is_lead,
};
