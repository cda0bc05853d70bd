import type { MappingVersion } from "../../../db/stores/mapping-store.ts";
import { Layout, type OrgViewer } from "../../layout.tsx";
import { Table } from "../../table.tsx";
import { Time } from "../../time.tsx";
import type { Draft } from "./draft.ts";
import type { MappingProblem } from "./values-page.tsx";

interface MappingProps {
  viewer: OrgViewer;
  /** Null before the first mapping. */
  current: { version: number; draft: Draft } | null;
  versions: MappingVersion[];
  /** Why an imported document was refused. */
  problems: MappingProblem[];
}

/** The mapping in a few lines, the way to change it, its versions, and export and import. */
export function MappingPage({ viewer, current, versions, problems }: MappingProps) {
  const base = `/console/orgs/${viewer.org}/mapping`;
  return (
    <Layout title="Mapping" viewer={viewer} page="/mapping">
      {problems.length > 0 && (
        <section class="error" role="alert">
          <p>The document was not accepted:</p>
          <ul>
            {problems.map(({ path, message }) => (
              <li>{path === "" ? message : `${path}: ${message}`}</li>
            ))}
          </ul>
        </section>
      )}
      <section>
        {current === null ? (
          <p>No mapping yet: cases are read, and none becomes a project.</p>
        ) : (
          <>
            <Summary draft={current.draft} />
            <p class="soft">This is version {current.version}.</p>
          </>
        )}
        {viewer.canAdmin && (
          <p>
            <a class="button" href={`${base}/fields`}>
              {current === null ? "Make a mapping" : "Change the fields"}
            </a>{" "}
            {current !== null && (
              <a class="button" href={`${base}/values`}>
                Change the values
              </a>
            )}
          </p>
        )}
      </section>
      {versions.length > 0 && (
        <section>
          <h2>Versions</h2>
          <Table label="Versions" columns={["Version", "Stored", "Note", ""]}>
            {versions.map(({ version, created_at, restored_from }) => (
              <tr>
                <td>{version}</td>
                <td>
                  <Time at={created_at} viewer={viewer} />
                </td>
                <td>
                  {version === current?.version && "current"}
                  {restored_from !== null && ` same as version ${restored_from}`}
                </td>
                <td>
                  {viewer.canAdmin && version !== current?.version && (
                    <form method="post" action={`${base}/versions/${version}/preview`}>
                      <button type="submit" class="small quiet">
                        Restore …
                      </button>
                    </form>
                  )}
                </td>
              </tr>
            ))}
          </Table>
        </section>
      )}
      <section>
        <h2>As a document</h2>
        {current && (
          <p>
            <a href={`${base}/export`}>Export as JSON</a>
          </p>
        )}
        {viewer.canAdmin && (
          <details>
            <summary>Import …</summary>
            <form method="post" action={`${base}/import`}>
              <input type="hidden" name="expected" value={current?.version ?? 0} />
              <label>
                JSON document
                <textarea class="code" name="document" rows={10} required spellcheck={false} />
              </label>
              <button type="submit">Preview</button>
            </form>
          </details>
        )}
      </section>
    </Layout>
  );
}

function Summary({ draft }: { draft: Draft }) {
  return (
    <ul>
      {draft.project_types.map(({ name, values, phases }) => (
        <li>
          <strong>{name}</strong>: {values.map((value) => `“${value}”`).join(", ")}
          {phases.length > 0 && <div class="soft">{phases.map((phase) => phase.name).join(" → ")}</div>}
        </li>
      ))}
      <li>
        Team roles:{" "}
        {draft.team_roles.map(({ name, visible }) => (visible ? name : `${name} (hidden)`)).join(", ") || "none"}
      </li>
    </ul>
  );
}
