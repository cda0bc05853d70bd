import type { MappingPreview } from "../../../sync/mapping/dry-run.ts";
import { Layout, type OrgViewer } from "../../layout.tsx";
import { DiffTable } from "../runs/diff-table.tsx";
import type { Draft } from "./draft.ts";
import { type Seen, unmappedIn } from "./sections.ts";

interface PreviewProps {
  viewer: OrgViewer;
  draft: Draft;
  version: number;
  /** The version that is restored; null for an edited mapping. */
  restored: number | null;
  seen: Seen;
  preview: MappingPreview;
  /** Set when the blast guard refused: applying needs a second yes. */
  guarded: boolean;
}

/** What a mapping would change, before anything is saved; only from here it can be applied. */
export function PreviewPage({ viewer, draft, version, restored, seen, preview, guarded }: PreviewProps) {
  const base = `/console/orgs/${viewer.org}/mapping`;
  const hidden = (
    <>
      <input type="hidden" name="expected" value={version} />
      <input type="hidden" name="document" value={JSON.stringify(draft)} />
    </>
  );
  return (
    <Layout
      title={restored === null ? "Preview of the mapping" : `Preview of version ${restored}`}
      viewer={viewer}
      page="/mapping"
    >
      {guarded && (
        <section class="error" role="alert">
          <p>
            <strong>This would take away more projects than the mapping allows without asking.</strong> Nothing was
            saved. Look at the numbers; apply it only if they are what you want.
          </p>
        </section>
      )}
      <section>
        <h2>What would change</h2>
        <DiffTable diff={preview.diff} samples={preview.samples} />
      </section>
      <section>
        <h2>What stays unmapped</h2>
        <Unmapped draft={draft} seen={seen} />
      </section>
      <div class="row">
        {viewer.canAdmin && (
          <form method="post" action={`${base}/apply`}>
            {hidden}
            {restored !== null && <input type="hidden" name="restored" value={restored} />}
            {guarded && <input type="hidden" name="confirm" value="yes" />}
            <button type="submit" class={guarded ? "danger" : ""}>
              {guarded ? "Apply it all the same" : "Apply this mapping"}
            </button>
          </form>
        )}
        <form method="post" action={`${base}/values`}>
          {hidden}
          <button type="submit" class="quiet">
            Change it further
          </button>
        </form>
      </div>
    </Layout>
  );
}

function Unmapped({ draft, seen }: { draft: Draft; seen: Seen }) {
  const lists = [
    { name: "Project type", rows: unmappedIn(draft, "types", seen), effect: "no project" },
    { name: "Staff title", rows: unmappedIn(draft, "team", seen), effect: "not shown to clients" },
    ...draft.project_types.map(({ key, name }) => ({
      name: `Phase of ${name}`,
      rows: unmappedIn(draft, `phases.${key}`, seen),
      effect: "the last phase is kept",
    })),
  ].filter(({ rows }) => rows.length > 0);
  if (lists.length === 0) return <p>Nothing.</p>;
  return (
    <ul>
      {lists.map(({ name, rows, effect }) => (
        <li>
          {name} ({effect}): {rows.map(({ value, count }) => `“${value}” (${count})`).join(", ")}
        </li>
      ))}
    </ul>
  );
}
