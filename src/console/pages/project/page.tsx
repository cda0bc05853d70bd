import { Layout, type OrgViewer } from "../../layout.tsx";
import { Table } from "../../table.tsx";
import { Time } from "../../time.tsx";
import { GatesView, PeopleView } from "../explain/explanation.tsx";
import type { ProjectDetail } from "./view.ts";

function text(value: unknown): string {
  if (value === null || value === undefined) return "—";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

/** One case: what clients see of it, why, and what changed last. */
export function ProjectPage({ viewer, view }: { viewer: OrgViewer; view: ProjectDetail }) {
  return (
    <Layout title={view.title} viewer={viewer} page="/projects">
      {viewer.canSync && (
        <form class="row" method="post" action={`/console/orgs/${viewer.org}/projects/${view.caseId}/resync`}>
          <button type="submit">Resync now</button>
          <span class="soft">Reads the case and its people from MyCase again.</span>
        </form>
      )}
      {view.facts === null ? (
        <p class="error">This case is not a project. The reason is below.</p>
      ) : (
        <section>
          <h2>As clients see it</h2>
          <table>
            <tbody>
              {view.facts.map(({ name, value }) => (
                <tr>
                  <th scope="row">{name}</th>
                  <td>{value ?? "—"}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      <GatesView viewer={viewer} explanation={view.explanation} />
      <PeopleView viewer={viewer} explanation={view.explanation} />
      <section>
        <h2>Last changes</h2>
        {view.changes.length === 0 && <p class="soft">None.</p>}
        {view.changes.length > 0 && (
          <Table label="Last changes" columns={["When", "Field", "Before and after", "Because of"]}>
            {view.changes.map((change) => (
              <tr>
                <td>
                  <Time at={change.at} viewer={viewer} />
                </td>
                <td>{change.field === "*" ? "created" : change.field}</td>
                <td>{change.field === "*" ? "" : `${text(change.old_value)} → ${text(change.new_value)}`}</td>
                <td class="soft">{change.trigger}</td>
              </tr>
            ))}
          </Table>
        )}
      </section>
    </Layout>
  );
}
