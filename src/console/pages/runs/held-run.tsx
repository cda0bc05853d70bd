import type { OrgViewer } from "../../layout.tsx";
import { WorkStateTag } from "../../status-tag.tsx";
import { type RunView, waitingChanges } from "./view.ts";

/** A run that waits for a decision: what it would do, and the two ways to decide. */
export function HeldRun({ viewer, run }: { viewer: OrgViewer; run: RunView }) {
  const action = `/console/orgs/${viewer.org}/runs/${run.id}`;
  return (
    <section aria-label="Waiting for a decision">
      <h2>
        {run.kind} <WorkStateTag state={run.state} />
      </h2>
      <p>
        This run would change more projects than the mapping allows without asking. Approve it if the changes are meant;
        otherwise cancel it and correct MyCase or the mapping first.
      </p>
      <table>
        <thead>
          <tr>
            <th>What would change</th>
            <th>How many</th>
            <th>For example</th>
          </tr>
        </thead>
        <tbody>
          {waitingChanges(run).map(({ name, count, samples }) => (
            <tr>
              <td>{name}</td>
              <td>{count}</td>
              <td class="soft">{samples.map((sample) => sample.name ?? "no name").join(", ")}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <div class="row">
        {viewer.canAdmin && (
          <form method="post" action={`${action}/approve`}>
            <button type="submit">Approve</button>
          </form>
        )}
        {viewer.canSync && (
          <form method="post" action={`${action}/cancel`}>
            <button type="submit" class="danger">
              Cancel the run
            </button>
          </form>
        )}
      </div>
    </section>
  );
}
