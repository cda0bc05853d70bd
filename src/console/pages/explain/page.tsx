import type { FoundCase } from "../../../db/reads/find-cases.ts";
import { Layout, type OrgViewer } from "../../layout.tsx";
import type { Answer } from "./view.ts";

interface ExplainProps {
  viewer: OrgViewer;
  /** What the query may mean; null before one was sent. */
  found: Extract<Answer, { kind: "choices" }> | null;
}

/** Asks for a case by id, number or a person's name; the answer is the case's own page. */
export function ExplainPage({ viewer, found }: ExplainProps) {
  return (
    <Layout title="Why isn’t it here?" viewer={viewer}>
      <section>
        <form class="row" method="get" action={`/console/orgs/${viewer.org}/explain`}>
          <label>
            Case id, case number, or the name of a case, client or staff member
            <input name="q" required value={found?.query} />
          </label>
          <button type="submit">Explain</button>
        </form>
        <p class="soft">
          The case id is in the address of the case’s page in MyCase. With it a case is explained even if it was never
          imported.
        </p>
      </section>
      {found && <Choices viewer={viewer} found={found} />}
    </Layout>
  );
}

function Choices({ viewer, found }: { viewer: OrgViewer; found: NonNullable<ExplainProps["found"]> }) {
  if (found.cases.length === 0 && found.people.length === 0)
    return (
      <p class="error" role="alert">
        Nothing with “{found.query}” has been read from MyCase, which cannot be searched by name or number. Use the case
        id.
      </p>
    );
  return (
    <>
      {found.cases.length > 0 && (
        <section>
          <h2>Cases</h2>
          <CaseList viewer={viewer} cases={found.cases} />
        </section>
      )}
      {found.people.map((person) => (
        <section>
          <h2>
            {person.name}{" "}
            <span class="soft">
              {person.kind === "client" ? "client" : "staff"} {person.id}
            </span>
          </h2>
          {person.cases.length === 0 ? (
            <p>Is on no case that MyCase shows, and therefore on no project. Add the person to the case in MyCase.</p>
          ) : (
            <>
              <p>On these cases; each says what became of the person:</p>
              <CaseList viewer={viewer} cases={person.cases} />
            </>
          )}
        </section>
      ))}
    </>
  );
}

function CaseList({ viewer, cases }: { viewer: OrgViewer; cases: FoundCase[] }) {
  return (
    <ul>
      {cases.map(({ id, name, case_number }) => (
        <li>
          <a href={`/console/orgs/${viewer.org}/projects/${id}`}>{name ?? `Case ${id}`}</a>{" "}
          <span class="soft">
            {case_number} {id}
          </span>
        </li>
      ))}
    </ul>
  );
}
