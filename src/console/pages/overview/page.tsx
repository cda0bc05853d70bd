import { Layout, type OrgViewer } from "../../layout.tsx";
import { StatusTag } from "../../status-tag.tsx";
import { Time } from "../../time.tsx";
import { RunRows } from "../runs/run-rows.tsx";
import { ConnectionSection } from "./connection-section.tsx";
import { CoverageSection } from "./coverage-section.tsx";
import { FirstSteps } from "./first-steps.tsx";
import type { Overview } from "./view.ts";

/** The state of an org at a glance; what needs attention comes first. */
export function OverviewPage({ viewer, view }: { viewer: OrgViewer; view: Overview }) {
  const base = `/console/orgs/${viewer.org}`;
  return (
    <Layout title={viewer.name} viewer={viewer} page="">
      <Alarms viewer={viewer} alarms={view.health.alarms} />
      <FirstSteps viewer={viewer} view={view} />
      <CoverageSection viewer={viewer} coverage={view.coverage} />
      <ConnectionSection viewer={viewer} health={view.health} />
      <section>
        <h2>Last runs</h2>
        {view.runs.length === 0 && <p class="soft">None yet. The first import starts when MyCase is connected.</p>}
        {view.health.runs.held > 0 && (
          <p class="fix">
            <a href={`${base}/runs`}>{view.health.runs.held} waiting for a decision</a>
          </p>
        )}
        {view.runs.length > 0 && <RunRows viewer={viewer} runs={view.runs} />}
        {viewer.canSync && (
          <form method="post" action={`${base}/runs`}>
            <button type="submit" class="quiet">
              Check MyCase for changes now
            </button>
          </form>
        )}
      </section>
    </Layout>
  );
}

/** The page that helps with an alarm, below the org's. */
function pageFor(code: string): string {
  if (code === "dead_letters") return "/dead-letters";
  if (code.startsWith("run_") || code.endsWith("_overdue")) return "/runs";
  return "/connect";
}

function Alarms({ viewer, alarms }: { viewer: OrgViewer; alarms: Overview["health"]["alarms"] }) {
  if (alarms.length === 0) return null;
  return (
    <section id="alarms" data-live aria-label="Alarms">
      <h2>Needs attention</h2>
      {alarms.map((alarm) => (
        <p>
          <StatusTag text={alarm.code} tone={alarm.severity === "critical" ? "bad" : "warn"} /> {alarm.detail}{" "}
          {alarm.since && (
            <>
              Since <Time at={alarm.since} viewer={viewer} />.{" "}
            </>
          )}
          <span class="fix">{alarm.fix}</span>{" "}
          <a href={`/console/orgs/${viewer.org}${pageFor(alarm.code)}`}>Go there</a>
        </p>
      ))}
    </section>
  );
}
