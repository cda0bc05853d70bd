import type { DeadLetter } from "../../../db/stores/dead-letter-store.ts";
import { Layout, type OrgViewer } from "../../layout.tsx";
import { StatusTag } from "../../status-tag.tsx";

/** Records that could not be processed, each with its reason and a way to try again. */
export function DeadLettersPage({ viewer, letters }: { viewer: OrgViewer; letters: DeadLetter[] }) {
  return (
    <Layout title="Could not be processed" viewer={viewer}>
      <section>
        {letters.length === 0 && <p class="soft">None.</p>}
        <table>
          <thead>
            <tr>
              <th>Record</th>
              <th>Reason</th>
              <th>Detail</th>
              <th>Since</th>
              <th />
            </tr>
          </thead>
          <tbody>
            {letters.map((letter) => (
              <tr>
                <td>
                  {letter.model?.replaceAll("_", " ") ?? "other work"} {letter.record_id}
                </td>
                <td>
                  <StatusTag text={letter.code} tone="warn" />
                </td>
                <td>{letter.detail}</td>
                <td class="soft">{letter.created_at}</td>
                <td>
                  {viewer.canSync && (
                    <form
                      method="post"
                      action={`/console/orgs/${viewer.org}/dead-letters/${encodeURIComponent(letter.id)}/replay`}
                    >
                      <button type="submit">Try again</button>
                    </form>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </Layout>
  );
}
