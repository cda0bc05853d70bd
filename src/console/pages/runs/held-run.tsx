import type { OrgViewer } from "../../layout.tsx";
import { WorkStateTag } from "../../status-tag.tsx";
import { DiffTable } from "./diff-table.tsx";
import type { RunView } from "./view.ts";

/** A run that waits for a decision: what it would do, and the two ways to decide. */
export function HeldRun({ viewer, run }: { viewer: OrgViewer; run: RunView }) {
  const action = `/console/orgs/${viewer.org}/runs/${run.id}`;
  return (
    <section aria-label="Waiting for a decision">
      <h2>
        {run.kind} <WorkStateTag state={run.state} />
      </h2>
      {run.reason === "visibility_reduced" ? (
        <p>
          MyCase suddenly lists far fewer cases than before. Approve if the firm has so few: then each missing case is
          asked for, and those that are gone are deleted. Otherwise give the connecting user access to all cases again
          and cancel.
        </p>
      ) : (
        <p>
          This run would change more projects than the mapping allows without asking. They stay as they are until you
          decide. Approve if the changes are meant; otherwise cancel and correct MyCase or the mapping first.
        </p>
      )}
      {run.diff && <DiffTable diff={run.diff} samples={run.samples} />}
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
