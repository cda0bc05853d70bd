import { Layout, type Viewer } from "../../layout.tsx";

export interface Overview {
  org: { id: string; name: string; timezone: string };
  connection: { state: string; since: string | null; why: string | null; last_webhook_at: string | null };
  lastRuns: { kind: string; state: string; at: string }[];
  coverage: { name: string; count: number }[];
  mycaseTotal: number | null;
  deadLetters: number;
  alarms: { code: string; severity: "critical" | "warning"; detail: string; fix: string }[];
  webhooks: { received: number; missed: number };
  authorizeUrl: string | null;
}

const WORDS: Record<string, { tone: string; text: string; todo: string | null }> = {
  connected: { tone: "good", text: "Connected", todo: null },
  not_connected: { tone: "warn", text: "Not connected", todo: "Connect the firm's MyCase account." },
  refresh_failing: {
    tone: "warn",
    text: "Tokens cannot be renewed just now",
    todo: "It is tried again every few minutes; nothing is lost meanwhile.",
  },
  reauthorization_required: {
    tone: "bad",
    text: "Access has ended",
    todo: "Connect again with a MyCase administrator's account.",
  },
  permission_lost: {
    tone: "bad",
    text: "The MyCase user may no longer see the firm's cases",
    todo: "Give the user back the permission to manage the firm's preferences, or connect with another administrator.",
  },
  mycase_unavailable: {
    tone: "warn",
    text: "MyCase does not answer",
    todo: "Work waits and goes on by itself when MyCase is back.",
  },
};

/** How an org does, at a glance. */
export function OverviewPage({ viewer, view }: { viewer: Viewer; view: Overview }) {
  const { org, connection } = view;
  const words = WORDS[connection.state] ?? { tone: "warn", text: connection.state, todo: null };
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
          <span class={`tag ${words.tone}`}>{words.text}</span>{" "}
          {connection.since && <span class="soft">since {connection.since}</span>}
        </p>
        {connection.why && <p>{connection.why}</p>}
        {words.todo && <p class="fix">{words.todo}</p>}
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
