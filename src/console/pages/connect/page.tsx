import { guideOf } from "../../../domain/connection-state.ts";
import type { connectionReport } from "../../../sync/connection/connection-report.ts";
import { Layout, type OrgViewer } from "../../layout.tsx";
import { StatusTag } from "../../status-tag.tsx";
import { Table } from "../../table.tsx";
import { Time } from "../../time.tsx";

interface ConnectProps {
  viewer: OrgViewer;
  report: Awaited<ReturnType<typeof connectionReport>>;
  /** Where to grant access, once connecting has been started. */
  authorizeUrl?: string;
}

/** The connection to MyCase: its state, which firm it is, and connecting, reconnecting and disconnecting. */
export function ConnectPage({ viewer, report, authorizeUrl }: ConnectProps) {
  const { label, severity, advice, access } = guideOf(report);
  const tone = report.state === "connected" ? "good" : severity === "critical" ? "bad" : "warn";
  return (
    <Layout title="Connection to MyCase" viewer={viewer}>
      <section>
        <p>
          <StatusTag text={label} tone={tone} />{" "}
          {report.firm && (
            <>
              Firm: <strong>{report.firm.name ?? report.firm.uuid}</strong>
            </>
          )}
        </p>
        {report.why && <p>{report.why}.</p>}
        {advice && <p class="fix">{advice}</p>}
        {authorizeUrl ? (
          <p>
            <a class="button" href={authorizeUrl}>
              Open MyCase and grant access
            </a>{" "}
            <span class="soft">Log in there as an administrator of the firm. The link expires in ten minutes.</span>
          </p>
        ) : (
          viewer.canAdmin && (
            <form method="post" action={`/console/orgs/${viewer.org}/connect`}>
              <button type="submit">{access ? "Connect again" : "Connect MyCase"}</button>
              <p class="soft">
                {access
                  ? "Renews access and the webhook subscriptions. Nothing that was imported changes."
                  : "You log in to MyCase and grant access; then everything is imported. Nothing in MyCase changes."}
              </p>
            </form>
          )
        )}
      </section>
      {report.state !== "not_connected" && <Details viewer={viewer} report={report} />}
      {viewer.canAdmin && report.state !== "not_connected" && (
        <section>
          <h2>Disconnect</h2>
          <p>
            Cancels the webhook subscriptions and deletes the tokens. Projects stay as they are and are no longer
            updated until somebody connects again.
          </p>
          <details>
            <summary>Disconnect …</summary>
            <form method="post" action={`/console/orgs/${viewer.org}/disconnect`}>
              <button type="submit" class="danger">
                Yes, disconnect from MyCase
              </button>
            </form>
          </details>
        </section>
      )}
    </Layout>
  );
}

function Details({ viewer, report }: Pick<ConnectProps, "viewer" | "report">) {
  const times = [
    ["Access granted", report.connected_at],
    ["Access can be renewed until", report.refresh_expires_at],
    ["Tokens last renewed", report.last_refresh_at],
    ["Last webhook", report.last_webhook_at],
    ["Last check for changes", report.last_poll?.created_at ?? null],
    ["Last nightly comparison", report.last_nightly?.created_at ?? null],
  ] as const;
  return (
    <section id="details" data-live>
      <h2>Details</h2>
      <table>
        <tbody>
          {times.map(([name, at]) => (
            <tr>
              <th scope="row">{name}</th>
              <td>
                <Time at={at} viewer={viewer} />
              </td>
            </tr>
          ))}
          <tr>
            <th scope="row">Cases visible</th>
            <td>{report.cases_visible}</td>
          </tr>
        </tbody>
      </table>
      <h3>Webhook subscriptions</h3>
      {report.subscriptions.length === 0 ? (
        <p class="soft">None.</p>
      ) : (
        <Table label="Webhook subscriptions" columns={["For", "State", "Signature"]}>
          {report.subscriptions.map(({ model, state, signature }) => (
            <tr>
              <td>{model}</td>
              <td>
                <StatusTag text={state} tone={state === "active" ? "good" : "neutral"} />
              </td>
              <td>{signature ? `${signature.hash}, ${signature.header}` : "none seen yet"}</td>
            </tr>
          ))}
        </Table>
      )}
    </section>
  );
}
