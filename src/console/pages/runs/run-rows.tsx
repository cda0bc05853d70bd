import type { OrgViewer } from "../../layout.tsx";
import { WorkStateTag } from "../../status-tag.tsx";
import { Table } from "../../table.tsx";
import { Time } from "../../time.tsx";
import type { RunView } from "./view.ts";

const NAMES: Record<RunView["kind"], string> = {
  backfill: "Import of everything",
  poll: "Check for changes",
  nightly: "Nightly comparison",
  team: "Staff and settings",
  mapping: "New mapping applied",
};

/** How much longer, from the pace so far; null while there is no pace. */
function minutesLeft({ progress, started_at }: RunView, now: Date): number | null {
  if (started_at === null || progress.total === null || progress.done === 0) return null;
  const elapsed = now.getTime() - Date.parse(started_at);
  return Math.ceil(((elapsed / progress.done) * (progress.total - progress.done)) / 60_000);
}

function Progress({ run, viewer }: { run: RunView; viewer: OrgViewer }) {
  const { done, total } = run.progress;
  if (run.state !== "running") return <>{done} records</>;
  const minutes = minutesLeft(run, viewer.now);
  return (
    <>
      <progress value={total === null ? undefined : done} max={total ?? undefined} aria-label="Progress" />
      {done} of {total ?? "?"} records{minutes === null ? "" : `, about ${minutes} min left`}
    </>
  );
}

/** Runs with their progress; the table refreshes while one of them is under way. */
export function RunRows({ viewer, runs }: { viewer: OrgViewer; runs: RunView[] }) {
  const open = runs.some(({ state }) => state === "queued" || state === "running");
  return (
    <div id="run-rows" data-live={open ? "" : undefined}>
      <Table label="Runs" columns={["What", "State", "Progress", "Began", "Changed rows", "Last error", ""]}>
        {runs.map((run) => (
          <tr>
            <td>{NAMES[run.kind]}</td>
            <td>
              <WorkStateTag state={run.state} />
            </td>
            <td>
              <Progress run={run} viewer={viewer} />
            </td>
            <td>
              <Time at={run.created_at} viewer={viewer} />
            </td>
            <td>{run.rows_written}</td>
            <td>{run.errors.at(-1)?.detail}</td>
            <td>
              {viewer.canSync && (run.state === "queued" || run.state === "running") && (
                <form method="post" action={`/console/orgs/${viewer.org}/runs/${run.id}/cancel`}>
                  <button type="submit" class="small quiet">
                    Cancel
                  </button>
                </form>
              )}
            </td>
          </tr>
        ))}
      </Table>
    </div>
  );
}
