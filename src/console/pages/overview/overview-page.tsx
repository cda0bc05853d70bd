import { type ConnectionState, STATE_GUIDE } from "../../../domain/connection-state.ts";
import { Layout, type Viewer } from "../../layout.tsx";

export interface Overview {
  org: { id: string; name: string; timezone: string };
  connection: { state: ConnectionState; since: string | null; why: string | null; last_webhook_at: string | null };
  lastRuns: { kind: string; state: string; at: string }[];
  coverage: { name: string; count: number }[];
  mycaseTotal: number | null;
  deadLetters: number;
  alarms: { code: string; severity: "critical" | "warning"; detail: string; fix: string }[];
  webhooks: { received: number; missed: number };
  authorizeUrl: string | null;
}

/** How an org does, at a glance. */
export function OverviewPage({ viewer, view }: { viewer: Viewer; view: Overview }) {
  const { org, connection } = view;
  const guide = STATE_GUIDE[connection.state];
  const tone = connection.state === "connected" ? "good" : guide.severity === "critical" ? "bad" : "warn";
  return (
    <Layout title={org.name} viewer={viewer}>
      {view.alarms.length > 0 && (
        <section aria-label="Alarms">
          <h2>Needs attention</h2>
          {view.alarms.map((alarm) => (
            <p>
              <span class={`tag ${alarm.severity === "critical" ? "bad" : "warn"}`}>
                {alarm.code.replaceAll("_", " ")}
              </span>{" "}
              {alarm.detail} <span class="fix">{alarm.fix}</span>
            </p>
          ))}
        </section>
      )}
      <section>
        <h2>Connection</h2>
        <p>
          <span class={`tag ${tone}`}>{guide.label}</span>{" "}
          {connection.since && <span class="soft">since {connection.since}</span>}
        </p>
        {connection.why && <p>{connection.why}</p>}
        {guide.advice && <p class="fix">{guide.advice}</p>}
        <p class="soft">
          Last webhook: {connection.last_webhook_at ?? "none yet"}. In the last day MyCase told of{" "}
          {view.webhooks.received} changes; {view.webhooks.missed} more were found by asking.
        </p>
        {view.authorizeUrl && (
          <p>
            <a href={view.authorizeUrl}>Open MyCase and grant access</a>{" "}
            <span class="soft">(good for ten minutes)</span>
          </p>
        )}
        {viewer.canAdmin && !view.authorizeUrl && (
          <form class="row" method="post" action={`/console/orgs/${org.id}/connect`}>
            <button type="submit">{connection.state === "not_connected" ? "Connect MyCase" : "Connect again"}</button>
          </form>
        )}
      </section>
      <div class="grid">
        {view.coverage.map(({ name, count }) => (
          <div class="card">
            <div class="figure">{count}</div>
            <span>{name.replaceAll("_", " ")}</span>
          </div>
        ))}
        <div class="card">
          <div class="figure">{view.deadLetters}</div>
          <span>could not be processed</span>
        </div>
      </div>
      <p class="soft">
        {view.mycaseTotal === null
          ? "MyCase could not be asked for its own count just now."
          : `MyCase counts ${view.mycaseTotal} cases; each is in exactly one of the boxes above.`}
      </p>
      <section>
        <h2>Last runs</h2>
        {view.lastRuns.length === 0 && <p class="soft">None yet. The first import starts when MyCase is connected.</p>}
        <table>
          {view.lastRuns.map((run) => (
            <tr>
              <td>{run.kind}</td>
              <td>
                <span class={`tag ${run.state === "succeeded" ? "good" : run.state === "failed" ? "bad" : ""}`}>
                  {run.state}
                </span>
              </td>
              <td class="soft">{run.at}</td>
            </tr>
          ))}
        </table>
        {viewer.canSync && (
          <form class="row" method="post" action={`/console/orgs/${org.id}/runs`}>
            <input type="hidden" name="kind" value="poll" />
            <button type="submit">Ask MyCase for changes now</button>
          </form>
        )}
      </section>
    </Layout>
  );
}
