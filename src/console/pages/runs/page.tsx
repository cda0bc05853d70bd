import { Layout, type OrgViewer } from "../../layout.tsx";
import { HeldRun } from "./held-run.tsx";
import { RunRows } from "./run-rows.tsx";
import type { RunView } from "./view.ts";

/** The runs, newest first; above them those that wait for a decision. */
export function RunsPage({ viewer, runs }: { viewer: OrgViewer; runs: RunView[] }) {
  return (
    <Layout title="Runs" viewer={viewer} page="/runs">
      {runs
        .filter(({ state }) => state === "held")
        .map((run) => (
          <HeldRun viewer={viewer} run={run} />
        ))}
      <section>
        {runs.length === 0 ? <p class="soft">None yet.</p> : <RunRows viewer={viewer} runs={runs} />}
        <p>
          <a href={`/console/orgs/${viewer.org}/runs`}>Refresh</a>
        </p>
      </section>
    </Layout>
  );
}
