import { Layout, type OrgViewer } from "../../layout.tsx";

/** Asks for a case; the answer is the case's own page. */
export function ExplainPage({ viewer, unknownNumber }: { viewer: OrgViewer; unknownNumber: string | null }) {
  return (
    <Layout title="Why is a case missing?" viewer={viewer}>
      <section>
        {unknownNumber !== null && (
          <p class="error" role="alert">
            No case with the number “{unknownNumber}” has been read from MyCase, which cannot be searched by number. Use
            the case id: it is in the address of the case's page in MyCase.
          </p>
        )}
        <form class="row" method="get" action={`/console/orgs/${viewer.org}/explain`}>
          <label>
            Case id or case number
            <input name="case" required />
          </label>
          <button type="submit">Explain</button>
        </form>
        <p class="soft">Works for cases that were never imported, too: MyCase is asked for the answer.</p>
      </section>
    </Layout>
  );
}
