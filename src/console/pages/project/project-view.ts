import { lastChanges } from "../../../db/reads/changes.ts";
import { readProject } from "../../../db/reads/projects.ts";
import { failureProblem } from "../../../http/failure-problem.ts";
import type { Services } from "../../../services.ts";
import { explainCase } from "../../../sync/mapping/explain-case.ts";
import type { ProjectDetail } from "./project-page.tsx";

const FACTS = [
  "case_number",
  "status",
  "project_type",
  "phase",
  "practice_area",
  "case_stage",
  "opened_date",
  "closed_date",
  "synced_at",
  "deleted_at",
] as const;

/** Everything that the page of one case shows, whether or not it is a project here. */
export async function projectView(services: Services, org: string, caseId: number): Promise<ProjectDetail> {
  const [project, explained, changes] = await Promise.all([
    readProject(services.db, org, caseId),
    explainCase(services.sync, org, caseId),
    lastChanges(services.db, org, "project", String(caseId), 20),
  ]);
  if (!explained.ok) throw failureProblem(explained.failure);
  return {
    org,
    caseId,
    title: project?.name ?? explained.value.name ?? `Case ${caseId}`,
    facts: project && FACTS.map((name) => ({ name: name.replaceAll("_", " "), value: project[name] })),
    explanation: explained.value,
    changes,
  };
}
