import { listProjects, type ProjectView } from "../../../db/reads/projects.ts";
import { idCursor } from "../../../http/page-cursor.ts";
import type { Services } from "../../../services.ts";

const PAGE_SIZE = 50;

export interface ProjectsView {
  q: string;
  projects: ProjectView[];
  nextCursor: string | null;
}

/** One page of projects, all or those whose name or number contains `q`. */
export async function projectsView(
  services: Services,
  org: string,
  { q = "", cursor }: { q: string | undefined; cursor: string | undefined },
): Promise<ProjectsView> {
  const page = { limit: PAGE_SIZE, after: idCursor("projects", cursor) };
  const { data, next_cursor } = await listProjects(services.db, org, q === "" ? {} : { q }, page);
  return { q, projects: data, nextCursor: next_cursor };
}
