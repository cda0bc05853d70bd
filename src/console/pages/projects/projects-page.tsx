import type { ProjectView } from "../../../db/reads/projects.ts";
import { Layout, type Viewer } from "../../layout.tsx";

export interface ProjectList {
  org: string;
  q: string;
  projects: ProjectView[];
  nextCursor: string | null;
}

/** What stands in the way of a project being seen, in a word. */
function stateOf(project: ProjectView): string {
  if (project.deleted_at) return "deleted";
  if (project.is_lead) return "lead";
  if (!project.enabled) return "disabled";
  if (project.type_unmapped) return "type unmapped";
  return project.status ?? "";
}

export function ProjectsPage({ viewer, view }: { viewer: Viewer; view: ProjectList }) {
  const base = `/console/orgs/${view.org}/projects`;
  return (
    <Layout title="Projects" viewer={viewer}>
      <form class="row" method="get" action={base}>
        <label>
          Name or case number
          <input name="q" value={view.q} />
        </label>
        <button type="submit">Search</button>
      </form>
      <section>
        {view.projects.length === 0 && (
          <p>
            Nothing here. <a href={`/console/orgs/${view.org}/explain`}>Ask why a case is missing</a>.
          </p>
        )}
        <table>
          <thead>
            <tr>
              <th>Case</th>
              <th>Name</th>
              <th>Number</th>
              <th>Type</th>
              <th>Phase</th>
              <th>State</th>
            </tr>
          </thead>
          <tbody>
            {view.projects.map((project) => (
              <tr>
                <td>
                  <a href={`${base}/${project.case_id}`}>{project.case_id}</a>
                </td>
                <td>{project.name}</td>
                <td>{project.case_number}</td>
                <td>{project.project_type}</td>
                <td>{project.phase}</td>
                <td>
                  <span class="tag">{stateOf(project)}</span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        {view.nextCursor && <a href={`${base}?q=${encodeURIComponent(view.q)}&cursor=${view.nextCursor}`}>Next page</a>}
      </section>
    </Layout>
  );
}
