import type { Resync, Run } from "../../domain/run.ts";
import { Layout, type Viewer } from "../layout.tsx";

/** A manual resync: waits for its end by reloading itself. */
export function JobPage({ viewer, org, job }: { viewer: Viewer; org: string; job: Resync }) {
  const result = job.result as {
    outcome?: string;
    message?: string;
    changes?: { entity: string; id: string; field: string; old: unknown; new: unknown }[];
  } | null;
  const ended = job.state === "succeeded" || job.state === "failed";
  return (
    <Layout title={`Resync of case ${job.case_id}`} viewer={viewer}>
      {!ended && <meta http-equiv="refresh" content="1" />}
      <section>
        <p>
          <span class={`tag ${job.state === "succeeded" ? "good" : job.state === "failed" ? "bad" : ""}`}>
            {job.state}
          </span>{" "}
          {result?.outcome}
        </p>
        <p>{result?.message ?? job.error?.detail}</p>
        <table>
          {(result?.changes ?? []).map((change) => (
            <tr>
              <td>
                {change.entity} {change.id}
              </td>
              <td>{change.field}</td>
              <td>{`${JSON.stringify(change.old)} → ${JSON.stringify(change.new)}`}</td>
            </tr>
          ))}
        </table>
        <p>
          <a href={`/console/orgs/${org}/projects/${job.case_id}`}>To the case</a>
        </p>
      </section>
    </Layout>
  );
}

export function RunsPage({ viewer, runs }: { viewer: Viewer; runs: Run[] }) {
  return (
    <Layout title="Runs" viewer={viewer}>
      <section>
        {runs.length === 0 && <p class="soft">None yet.</p>}
        <table>
          <thead>
            <tr>
              <th>Kind</th>
              <th>State</th>
              <th>Progress</th>
              <th>MyCase requests</th>
              <th>Rows written</th>
              <th>Started</th>
              <th>Errors</th>
            </tr>
          </thead>
          <tbody>
            {runs.map((run) => (
              <tr>
                <td>{run.kind}</td>
                <td>
                  <span class={`tag ${run.state === "succeeded" ? "good" : run.state === "failed" ? "bad" : ""}`}>
                    {run.state}
                  </span>
                </td>
                <td>
                  {run.done} of {run.total ?? "?"}
                </td>
                <td>{run.mycase_requests}</td>
                <td>{run.rows_written}</td>
                <td class="soft">{run.created_at}</td>
                <td>{run.errors.at(-1)?.detail}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </Layout>
  );
}

export function OrgsPage({ viewer, orgs }: { viewer: Viewer; orgs: { id: string; name: string }[] }) {
  return (
    <Layout title="Orgs" viewer={viewer}>
      <section>
        {orgs.length === 0 && <p class="soft">None yet; create one with POST /v1/orgs.</p>}
        <ul>
          {orgs.map((org) => (
            <li>
              <a href={`/console/orgs/${org.id}`}>{org.name}</a> <span class="soft">{org.id}</span>
            </li>
          ))}
        </ul>
      </section>
    </Layout>
  );
}

export function ExplainForm({
  viewer,
  org,
  unknownNumber,
}: {
  viewer: Viewer;
  org: string;
  unknownNumber: string | null;
}) {
  return (
    <Layout title="Why is a case missing?" viewer={viewer}>
      <section>
        {unknownNumber !== null && (
          <p class="error" role="alert">
            No case with the number “{unknownNumber}” has been read from MyCase, which cannot be searched by number. Ask
            by id: it is in the address of the case's page in MyCase.
          </p>
        )}
        <form class="row" method="get" action={`/console/orgs/${org}/explain`}>
          <label>
            Case id or case number
            <input name="case" required />
          </label>
          <button type="submit">Explain</button>
        </form>
        <p class="soft">Also for cases that were never here: they are read from MyCase for the answer.</p>
      </section>
    </Layout>
  );
}
