import type { ChangeView } from "../../../db/reads/changes.ts";
import type { Explanation } from "../../../mapping/explain/explain.ts";
import { Layout, type Viewer } from "../../layout.tsx";
import { GatesView, PeopleView } from "../explain/explanation-view.tsx";

export interface ProjectDetail {
  org: string;
  caseId: number;
  title: string;
  /** Null when the case is no project here. */
  facts: { name: string; value: string | null }[] | null;
  explanation: Explanation;
  changes: ChangeView[];
}

function text(value: unknown): string {
  if (value === null || value === undefined) return "—";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

/** One case: what is shown of it, why, and what changed last. */
export function ProjectPage({ viewer, view }: { viewer: Viewer; view: ProjectDetail }) {
  return (
    <Layout title={view.title} viewer={viewer}>
      {viewer.canSync && (
        <form class="row" method="post" action={`/console/orgs/${view.org}/projects/${view.caseId}/resync`}>
          <button type="submit">Resync now</button>
          <span class="soft">Reads the case and its people from MyCase again.</span>
        </form>
      )}
      {view.facts === null ? (
        <p class="error">This case is not a project here; below is why.</p>
      ) : (
        <section>
          <h2>As clients see it</h2>
          <table>
            {view.facts.map(({ name, value }) => (
              <tr>
                <th scope="row">{name}</th>
                <td>{value ?? "—"}</td>
              </tr>
            ))}
          </table>
        </section>
      )}
      <GatesView explanation={view.explanation} />
      <PeopleView explanation={view.explanation} />
      <section>
        <h2>Last changes</h2>
        {view.changes.length === 0 && <p class="soft">None.</p>}
        <table>
          {view.changes.map((change) => (
            <tr>
              <td class="soft">{change.at}</td>
              <td>{change.field === "*" ? "created" : change.field}</td>
              <td>{change.field === "*" ? "" : `${text(change.old_value)} → ${text(change.new_value)}`}</td>
              <td class="soft">{change.trigger}</td>
            </tr>
          ))}
        </table>
      </section>
    </Layout>
  );
}
