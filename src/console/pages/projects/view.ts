import { listProjects, type ProjectView } from "../../../db/reads/projects.ts";
import { idCursor, pageIn } from "../../../http/page-cursor.ts";
import type { MappingDocument } from "../../../mapping/document/schema.ts";
import type { Services } from "../../../services.ts";
import { parseMapping } from "../../../sync/org-config.ts";

const PAGE_SIZE = 50;

export interface ProjectsView {
  q: string;
  /** Key of the only project type shown; empty for all. */
  type: string;
  types: MappingDocument["project_types"];
  projects: ProjectView[];
  nextCursor: string | null;
}

/** One page of projects, all or those whose name or number contains `q` and that are of this type. */
export async function projectsView(
  services: Services,
  org: string,
  { q = "", type = "", cursor }: Partial<Record<"q" | "type" | "cursor", string>>,
): Promise<ProjectsView> {
  const page = { limit: PAGE_SIZE, after: idCursor("projects", cursor) };
  const filter = { ...(q === "" ? {} : { q }), ...(type === "" ? {} : { type }) };
  const [rows, current] = await Promise.all([
    listProjects(services.db, org, filter, page),
    services.mappings.current(org),
  ]);
  const { data, next_cursor } = pageIn("projects", rows);
  const types = current === null ? [] : parseMapping(current.document).project_types;
  return { q, type, types, projects: data, nextCursor: next_cursor };
}
