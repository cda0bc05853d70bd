import { Layout } from "../../layout.tsx";

/** What to try next, by the title of the problem. */
const ADVICE: Record<string, string> = {
  "Not found": "Check the address, or go back to the start.",
  "Not allowed": "Log in with a key that has this permission, or ask the person who manages your keys.",
};

/** A refusal or failure in words; the API answers the same as a problem document. */
export function ErrorPage({ title, detail, org }: { title: string; detail: string; org: string | null }) {
  return (
    <Layout title={title} viewer={null}>
      <section>
        <p class="error" role="alert">
          {detail}.
        </p>
        <p>{ADVICE[title] ?? "If it happens again, look at the overview: it says what needs attention."}</p>
        <p>
          <a href={org === null ? "/console" : `/console/orgs/${org}`}>To the overview</a>
        </p>
      </section>
    </Layout>
  );
}
