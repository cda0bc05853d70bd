import type { CaseFacts } from "../facts.ts";
import type { Plan } from "../plan/plan-types.ts";
import { impactsByCase } from "./case-impacts.ts";
import { count, type DiffTally } from "./diff-tally.ts";

/** Adds what a plan does to projects that were live. */
export function addImpact({ impact }: DiffTally, changes: Plan, cases: ReadonlyMap<number, CaseFacts>): void {
  for (const [case_id, kinds] of impactsByCase(changes, [...cases.values()])) {
    const sample = { case_id, name: cases.get(case_id)?.previous.project?.name ?? null };
    for (const kind of kinds) count(impact[kind], case_id, sample);
    count(impact.projects, case_id, sample);
  }
}
