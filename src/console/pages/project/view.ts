import { type ChangeView, lastChanges } from "../../../db/reads/changes.ts";
import { readProject } from "../../../db/reads/projects.ts";
import { failureProblem } from "../../../http/problems/failure-problem.ts";
import type { Explanation } from "../../../mapping/explain/explain.ts";
import type { Services } from "../../../services.ts";
import { explainCase } from "../../../sync/mapping/explain-case.ts";

const MAX_CHANGES_SHOWN = 20;
const FACTS = [
  "case_number",
  "status",
  "project_type",
  "phase",
  "practice_area",
  "case_stage",
  "opened_date",
  "closed_date",
] as const;

export interface ProjectDetail {
  caseId: number;
  title: string;
  /** Null when the case is not a project. */
  facts: { name: string; value: string | null }[] | null;
  explanation: Explanation;
  changes: ChangeView[];
}

/** Everything that the page of one case shows, whether or not it is a project. */
export async function projectView(services: Services, org: string, caseId: number): Promise<ProjectDetail> {
  const [project, explanation, changes] = await Promise.all([
    readProject(services.db, org, caseId),
    explainCase(services.sync, org, caseId),
    lastChanges(services.db, org, "project", String(caseId), MAX_CHANGES_SHOWN),
  ]);
  if (!explanation.ok) throw failureProblem(explanation.failure);
  return {
    caseId,
    title: project?.name ?? explanation.value.name ?? `Case ${caseId}`,
    facts: project && FACTS.map((name) => ({ name: name.replaceAll("_", " "), value: project[name] })),
    explanation: explanation.value,
    changes,
  };
}
