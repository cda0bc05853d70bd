import { STATE_GUIDE } from "../../../domain/connection-state.ts";
import type { OrgViewer } from "../../layout.tsx";
import { StatusTag } from "../../status-tag.tsx";
import type { Overview } from "./view.ts";

interface ConnectionProps {
  viewer: OrgViewer;
  view: Overview;
  authorizeUrl: string | undefined;
}

/** The state of the connection to MyCase, what to do about it, and the way to connect. */
export function ConnectionSection({ viewer, view, authorizeUrl }: ConnectionProps) {
  const { connection, webhooks } = view.health;
  const { label, severity, advice } = STATE_GUIDE[connection.state];
  const tone = connection.state === "connected" ? "good" : severity === "critical" ? "bad" : "warn";
  return (
    <section>
      <h2>Connection</h2>
      <p>
        <StatusTag text={label} tone={tone} /> {connection.since && <span class="soft">since {connection.since}</span>}
      </p>
      {connection.why && <p>{connection.why}</p>}
      {advice && <p class="fix">{advice}</p>}
      <p class="soft">
        Last webhook: {webhooks.last_at ?? "none yet"}. In the last 24 hours MyCase announced {webhooks.received_24h}{" "}
        changes; polling found {webhooks.missed_24h} more.
      </p>
      {authorizeUrl && (
        <p>
          <a href={authorizeUrl}>Open MyCase and grant access</a> <span class="soft">(expires in ten minutes)</span>
        </p>
      )}
      {viewer.canAdmin && !authorizeUrl && (
        <form class="row" method="post" action={`/console/orgs/${viewer.org}/connect`}>
          <button type="submit">{connection.state === "not_connected" ? "Connect MyCase" : "Connect again"}</button>
        </form>
      )}
    </section>
  );
}
