import { Layout, type OrgViewer } from "../../layout.tsx";
import { StatusTag, WorkStateTag } from "../../status-tag.tsx";
import { ConnectionSection } from "./connection-section.tsx";
import type { Overview } from "./view.ts";

interface OverviewProps {
  viewer: OrgViewer;
  view: Overview;
  /** Where to grant access, once connecting has begun. */
  authorizeUrl?: string;
}

/** The state of an org at a glance; what needs attention comes first. */
export function OverviewPage({ viewer, view, authorizeUrl }: OverviewProps) {
  const base = `/console/orgs/${viewer.org}`;
  return (
    <Layout title={view.org.name} viewer={viewer}>
      <Alarms view={view} />
      <ConnectionSection viewer={viewer} view={view} authorizeUrl={authorizeUrl} />
      <Figures view={view} deadLettersUrl={`${base}/dead-letters`} />
      <section>
        <h2>Last runs</h2>
        {view.lastRuns.length === 0 && <p class="soft">None yet. The first import starts when MyCase is connected.</p>}
        {view.health.runs.held > 0 && (
          <p class="fix">
            <a href={`${base}/runs`}>{view.health.runs.held} waiting for a decision</a>
          </p>
        )}
        <table>
          <tbody>
            {view.lastRuns.map((run) => (
              <tr>
                <td>{run.kind}</td>
                <td>
                  <WorkStateTag state={run.state} />
                </td>
                <td class="soft">{run.at}</td>
              </tr>
            ))}
          </tbody>
        </table>
        {viewer.canSync && (
          <form class="row" method="post" action={`${base}/runs`}>
            <button type="submit">Check MyCase for changes now</button>
          </form>
        )}
      </section>
    </Layout>
  );
}

function Alarms({ view }: { view: Overview }) {
  if (view.health.alarms.length === 0) return null;
  return (
    <section aria-label="Alarms">
      <h2>Needs attention</h2>
      {view.health.alarms.map((alarm) => (
        <p>
          <StatusTag text={alarm.code} tone={alarm.severity === "critical" ? "bad" : "warn"} /> {alarm.detail}{" "}
          <span class="fix">{alarm.fix}</span>
        </p>
      ))}
    </section>
  );
}

/** Every case in exactly one box, and what could not be processed. */
function Figures({ view, deadLettersUrl }: { view: Overview; deadLettersUrl: string }) {
  return (
    <>
      <div class="grid">
        {view.coverage.map(({ name, count }) => (
          <div class="card">
            <div class="figure">{count}</div>
            <span>{name.replaceAll("_", " ")}</span>
          </div>
        ))}
        <div class="card">
          <div class="figure">{view.health.dead_letters.open}</div>
          <a href={deadLettersUrl}>could not be processed</a>
        </div>
      </div>
      <p class="soft">
        {view.mycaseTotal === null
          ? "MyCase's own count is not available right now."
          : `MyCase counts ${view.mycaseTotal} cases; each is in exactly one of the boxes above.`}
      </p>
    </>
  );
}
