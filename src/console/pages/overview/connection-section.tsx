import { guideOf } from "../../../domain/connection-state.ts";
import type { OrgViewer } from "../../layout.tsx";
import { StatusTag } from "../../status-tag.tsx";
import { Time } from "../../time.tsx";
import type { Overview } from "./view.ts";

/** The state of the connection to MyCase in a sentence, and what to do about it. */
export function ConnectionSection({ viewer, health }: { viewer: OrgViewer; health: Overview["health"] }) {
  const { connection, webhooks } = health;
  const { label, severity, advice } = guideOf(connection);
  const tone = connection.state === "connected" ? "good" : severity === "critical" ? "bad" : "warn";
  return (
    <section id="connection" data-live>
      <h2>Connection</h2>
      <p>
        <StatusTag text={label} tone={tone} />{" "}
        {connection.since && (
          <>
            since <Time at={connection.since} viewer={viewer} />
          </>
        )}
      </p>
      {connection.why && <p>{connection.why}</p>}
      {advice && <p class="fix">{advice}</p>}
      <p class="soft">
        Last webhook: <Time at={webhooks.last_at} viewer={viewer} />. In the last 24 hours MyCase announced{" "}
        {webhooks.received_24h} changes; polling found {webhooks.missed_24h} more.
      </p>
      <p>
        <a href={`/console/orgs/${viewer.org}/connect`}>
          {connection.state === "not_connected" ? "Connect MyCase" : "Manage the connection"}
        </a>
      </p>
    </section>
  );
}
