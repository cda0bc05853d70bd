import type { Resync } from "../../../domain/run.ts";
import { Layout, type OrgViewer } from "../../layout.tsx";
import { WorkStateTag } from "../../status-tag.tsx";

/** A manual resync; the page reloads itself until it has ended. */
export function ResyncPage({ viewer, resync }: { viewer: OrgViewer; resync: Resync }) {
  const { result, state } = resync;
  const ended = state === "succeeded" || state === "failed";
  return (
    <Layout title={`Resync of case ${resync.case_id}`} viewer={viewer}>
      {!ended && <meta http-equiv="refresh" content="1" />}
      <section>
        <p>
          <WorkStateTag state={state} /> {result?.outcome}
        </p>
        <p>{result?.message ?? resync.error?.detail}</p>
        {result !== null && result.changes.length > 0 && (
          <table>
            <thead>
              <tr>
                <th>Record</th>
                <th>Field</th>
                <th>Before and after</th>
              </tr>
            </thead>
            <tbody>
              {result.changes.map((change) => (
                <tr>
                  <td>
                    {change.entity} {change.id}
                  </td>
                  <td>{change.field}</td>
                  <td>{`${JSON.stringify(change.old)} → ${JSON.stringify(change.new)}`}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
        <p>
          <a href={`/console/orgs/${viewer.org}/projects/${resync.case_id}`}>To the case</a>
        </p>
      </section>
    </Layout>
  );
}
