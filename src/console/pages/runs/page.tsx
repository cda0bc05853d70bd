import { Layout, type OrgViewer } from "../../layout.tsx";
import { WorkStateTag } from "../../status-tag.tsx";
import { HeldRun } from "./held-run.tsx";
import type { RunView } from "./view.ts";

/** The runs, newest first; above them those that wait for a decision. */
export function RunsPage({ viewer, runs }: { viewer: OrgViewer; runs: RunView[] }) {
  return (
    <Layout title="Runs" viewer={viewer}>
      {runs
        .filter(({ state }) => state === "held")
        .map((run) => (
          <HeldRun viewer={viewer} run={run} />
        ))}
      <section>
        {runs.length === 0 && <p class="soft">None yet.</p>}
        <table>
          <thead>
            <tr>
              <th>Kind</th>
              <th>State</th>
              <th>Progress</th>
              <th>MyCase requests</th>
              <th>Rows written</th>
              <th>Started</th>
              <th>Last error</th>
            </tr>
          </thead>
          <tbody>
            {runs.map((run) => (
              <tr>
                <td>{run.kind}</td>
                <td>
                  <WorkStateTag state={run.state} />
                </td>
                <td>
                  {run.progress.done} of {run.progress.total ?? "?"}
                </td>
                <td>{run.mycase_requests}</td>
                <td>{run.rows_written}</td>
                <td class="soft">{run.created_at}</td>
                <td>{run.errors.at(-1)?.detail}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </Layout>
  );
}
