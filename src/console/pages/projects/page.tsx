import type { ProjectView } from "../../../db/reads/projects.ts";
import { Layout, type OrgViewer } from "../../layout.tsx";
import { StatusTag } from "../../status-tag.tsx";
import { Table } from "../../table.tsx";
import type { ProjectsView } from "./view.ts";

/** Why clients do not see a project; the status of the case when they do. */
function stateOf(project: ProjectView): string {
  if (project.deleted_at) return "deleted";
  if (project.is_lead) return "lead";
  if (!project.enabled) return "disabled";
  if (project.type_unmapped) return "type unmapped";
  return project.status ?? "";
}

/** The firm's projects, by case id. */
export function ProjectsPage({ viewer, view }: { viewer: OrgViewer; view: ProjectsView }) {
  const base = `/console/orgs/${viewer.org}/projects`;
  const typeOf = (project: ProjectView) => view.types.find(({ key }) => key === project.project_type);
  const next = new URLSearchParams({ q: view.q, type: view.type, cursor: view.nextCursor ?? "" });
  return (
    <Layout title="Projects" viewer={viewer} page="/projects">
      <form class="row" method="get" action={base}>
        <label>
          Name or case number
          <input name="q" value={view.q} />
        </label>
        <label>
          Project type
          <select name="type">
            <option value="">All</option>
            {view.types.map(({ key, name }) => (
              <option value={key} selected={key === view.type}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <button type="submit">Search</button>
      </form>
      <section>
        {view.projects.length === 0 && (
          <p>
            No projects. <a href={`/console/orgs/${viewer.org}/explain`}>Find out why a case is missing</a>.
          </p>
        )}
        {view.projects.length > 0 && (
          <Table label="Projects" columns={["Case", "Name", "Number", "Type", "Phase", "State"]}>
            {view.projects.map((project) => (
              <tr>
                <td>
                  <a href={`${base}/${project.case_id}`}>{project.case_id}</a>
                </td>
                <td>{project.name}</td>
                <td>{project.case_number}</td>
                <td>{typeOf(project)?.name ?? project.project_type}</td>
                <td>{typeOf(project)?.phases.find(({ key }) => key === project.phase)?.name ?? project.phase}</td>
                <td>
                  <StatusTag text={stateOf(project)} tone="neutral" />
                </td>
              </tr>
            ))}
          </Table>
        )}
        {view.nextCursor && <a href={`${base}?${next}`}>Next page</a>}
      </section>
    </Layout>
  );
}
