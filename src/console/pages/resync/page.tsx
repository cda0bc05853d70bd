import type { Resync } from "../../../domain/resync.ts";
import { Layout, type OrgViewer } from "../../layout.tsx";
import { WorkStateTag } from "../../status-tag.tsx";
import { Table } from "../../table.tsx";

/** A manual resync; refreshed until it has ended. */
export function ResyncPage({ viewer, resync }: { viewer: OrgViewer; resync: Resync }) {
  const { result, state } = resync;
  const ended = state === "succeeded" || state === "failed";
  return (
    <Layout title={`Resync of case ${resync.case_id}`} viewer={viewer}>
      <section id="resync" data-live={ended ? undefined : ""} aria-live="polite">
        <p>
          <WorkStateTag state={state} /> {result?.outcome}
        </p>
        <p>{result?.message ?? resync.error?.detail}</p>
        {result !== null && result.changes.length > 0 && (
          <Table label="Changed fields" columns={["Record", "Field", "Before and after"]}>
            {result.changes.map((change) => (
              <tr>
                <td>
                  {change.entity} {change.id}
                </td>
                <td>{change.field}</td>
                <td>{`${JSON.stringify(change.old)} → ${JSON.stringify(change.new)}`}</td>
              </tr>
            ))}
          </Table>
        )}
        {!ended && (
          <p>
            <a href={`/console/orgs/${viewer.org}/jobs/${resync.id}`}>Refresh</a>
          </p>
        )}
        <p>
          <a href={`/console/orgs/${viewer.org}/projects/${resync.case_id}`}>To the case</a>
        </p>
      </section>
    </Layout>
  );
}
