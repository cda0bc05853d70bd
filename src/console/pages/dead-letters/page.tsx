import type { DeadLetter } from "../../../db/stores/dead-letter-store.ts";
import { Layout, type OrgViewer } from "../../layout.tsx";
import { StatusTag } from "../../status-tag.tsx";
import { Table } from "../../table.tsx";
import { Time } from "../../time.tsx";

/** Records that could not be processed, each with its reason and a way to try again. */
export function DeadLettersPage({ viewer, deadLetters }: { viewer: OrgViewer; deadLetters: DeadLetter[] }) {
  return (
    <Layout title="Not processed" viewer={viewer} page="/dead-letters">
      <section>
        {deadLetters.length === 0 && <p class="soft">Everything that arrived was processed.</p>}
        {deadLetters.length > 0 && (
          <Table label="Records that could not be processed" columns={["Record", "Reason", "Detail", "Since", ""]}>
            {deadLetters.map((deadLetter) => (
              <tr>
                <td>
                  {deadLetter.model?.replaceAll("_", " ") ?? "other work"} {deadLetter.record_id}
                </td>
                <td>
                  <StatusTag text={deadLetter.code} tone="warn" />
                </td>
                <td>{deadLetter.detail}</td>
                <td>
                  <Time at={deadLetter.created_at} viewer={viewer} />
                </td>
                <td>
                  {viewer.canSync && (
                    <form
                      method="post"
                      action={`/console/orgs/${viewer.org}/dead-letters/${encodeURIComponent(deadLetter.id)}/replay`}
                    >
                      <button type="submit" class="small">
                        Try again
                      </button>
                    </form>
                  )}
                </td>
              </tr>
            ))}
          </Table>
        )}
      </section>
    </Layout>
  );
}
