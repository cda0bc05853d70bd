import { Layout, type OrgViewer } from "../../layout.tsx";
import { Assignment } from "./assignment.tsx";
import type { Draft, ListId } from "./draft.ts";
import { referenceText, targetsOf } from "./draft.ts";
import { FieldValues } from "./field-values.tsx";
import { fieldOf, rowsOf, type Seen } from "./sections.ts";

export interface MappingProblem {
  path: string;
  message: string;
}

interface ValuesProps {
  viewer: OrgViewer;
  draft: Draft;
  version: number;
  seen: Seen;
  /** Why the draft cannot be previewed yet. */
  problems: MappingProblem[];
}

/** The second step: for every project type, phase and role the values that mean it. */
export function ValuesPage({ viewer, draft, version, seen, problems }: ValuesProps) {
  const nameOf = (use: "project_type" | "phase") => fieldOf(seen, draft.fields[use])?.name ?? "the field";
  const lists = (list: ListId) => ({ list, targets: targetsOf(draft, list), rows: rowsOf(draft, list, seen) });
  return (
    <Layout title="Mapping, step 2 of 2: values" viewer={viewer} page="/mapping">
      {problems.length > 0 && (
        <section class="error" role="alert">
          <p>This mapping is not complete:</p>
          <ul>
            {problems.map(({ path, message }) => (
              <li>
                {path === "" ? "" : `${path}: `}
                {message}
              </li>
            ))}
          </ul>
        </section>
      )}
      <form method="post" action={`/console/orgs/${viewer.org}/mapping/values`}>
        {/* The first button is what the Enter key presses. */}
        <button type="submit" name="action" value="preview" class="hidden" tabIndex={-1} aria-hidden="true">
          Preview
        </button>
        <input type="hidden" name="expected" value={version} />
        {(["project_type", "phase", "enabled", "lead"] as const).map((use) => (
          <input type="hidden" name={`field.${use}`} value={referenceText(draft.fields[use])} />
        ))}
        <FieldValues draft={draft} seen={seen} />
        <Assignment
          title="Project types"
          noun="project type"
          valueNoun={`Value of ${nameOf("project_type")}`}
          {...lists("types")}
        />
        {draft.project_types.map((type, index) => {
          const phases = lists(`phases.${type.key}`);
          const unmapped = phases.rows.filter(({ to, count }) => to === "" && count > 0).length;
          return (
            <details open={index === 0 || unmapped > 0}>
              <summary>
                Phases of {type.name}: {phases.targets.map(({ name }) => name).join(" → ") || "none yet"}
                {unmapped > 0 && <span class="tag warn">{unmapped} values not mapped</span>}
              </summary>
              <Assignment
                title={`Phases of ${type.name}`}
                noun="phase"
                valueNoun={`Value of ${nameOf("phase")}`}
                {...phases}
              />
            </details>
          );
        })}
        <ContactMode draft={draft} />
        <Assignment title="Contact roles" noun="contact role" valueNoun="People group" {...lists("contacts")} />
        <Assignment title="Team roles" noun="team role" valueNoun="Staff title" hideable {...lists("team")} />
        <p class="soft">Staff whose title no role has are not shown to clients.</p>
        <Guard draft={draft} />
        <div class="row">
          <button type="submit" name="action" value="preview">
            Preview what would change
          </button>
          <button type="submit" name="action" value="fields" class="quiet" formNoValidate>
            Back to the fields
          </button>
          <span class="soft">Nothing is saved before you have seen the preview.</span>
        </div>
      </form>
    </Layout>
  );
}

function ContactMode({ draft }: { draft: Draft }) {
  const { mode, phone_order: order } = draft.contacts;
  return (
    <fieldset>
      <legend>Contacts</legend>
      <label>
        <input type="radio" name="contacts.mode" value="main" checked={mode === "main"} /> One main contact for each
        project
      </label>
      <label>
        <input type="radio" name="contacts.mode" value="by_group" checked={mode === "by_group"} /> Everybody on the case
        whose people group has a role below
      </label>
      <p>Phone number to take, the first that is there:</p>
      <div class="row">
        {[1, 2, 3].map((place) => (
          <label>
            {place}.
            <select name={`phone.${place}`}>
              <option value="">none</option>
              {(["cell", "work", "home"] as const).map((kind) => (
                <option value={kind} selected={order[place - 1] === kind}>
                  {kind}
                </option>
              ))}
            </select>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function Guard({ draft }: { draft: Draft }) {
  const { max_share, min_projects } = draft.blast_guard;
  return (
    <fieldset>
      <legend>Ask before large changes</legend>
      <div class="row">
        <label>
          Ask when more than this share of projects would be lost, in percent
          <input
            type="number"
            name="guard.max_percent"
            min="0"
            max="100"
            step="any"
            required
            value={Math.round(max_share * 1e6) / 1e4}
          />
        </label>
        <label>
          Only in firms with at least so many projects
          <input type="number" name="guard.min_projects" min="0" required value={min_projects} />
        </label>
      </div>
    </fieldset>
  );
}
