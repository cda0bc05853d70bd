import type { Bucket, CaseInBucket } from "../../../db/reads/cases-in-bucket.ts";
import { Layout, type OrgViewer } from "../../layout.tsx";
import { Table } from "../../table.tsx";
import { BUCKET_LABELS } from "../overview/coverage-section.tsx";

interface CasesProps {
  viewer: OrgViewer;
  bucket: Bucket;
  cases: CaseInBucket[];
  /** The id after which the next page starts; null on the last. */
  next: number | null;
}

/** The cases of one part of the coverage, each leading to why it is there. */
export function CasesPage({ viewer, bucket, cases, next }: CasesProps) {
  const base = `/console/orgs/${viewer.org}`;
  return (
    <Layout title={`Cases: ${BUCKET_LABELS[bucket]}`} viewer={viewer}>
      <section>
        {cases.length === 0 && <p>None stored here. MyCase may have more that were not read yet.</p>}
        {cases.length > 0 && (
          <Table label="Cases" columns={["Case", "Name", "Number", "Reason"]}>
            {cases.map(({ id, name, case_number, code }) => (
              <tr>
                <td>
                  <a href={`${base}/projects/${id}`}>{id}</a>
                </td>
                <td>{name}</td>
                <td>{case_number}</td>
                <td class="soft">{code?.replaceAll("_", " ") ?? "not read yet"}</td>
              </tr>
            ))}
          </Table>
        )}
        {next !== null && <a href={`${base}/cases?bucket=${bucket}&after=${next}`}>Next page</a>}
      </section>
    </Layout>
  );
}
