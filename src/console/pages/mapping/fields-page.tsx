import type { FieldReference } from "../../../mapping/document/schema.ts";
import { Layout, type OrgViewer } from "../../layout.tsx";
import { type Draft, referenceText } from "./draft.ts";
import type { Seen } from "./sections.ts";

interface FieldsProps {
  viewer: OrgViewer;
  draft: Draft;
  /** The version that is edited; 0 for the first. */
  version: number;
  seen: Seen;
}

const QUESTIONS = [
  ["project_type", "Which field says what kind of project a case is?", false],
  ["phase", "Which field says the phase it is in?", false],
  ["enabled", "Which field says whether clients may see it at all? Without one they see every case.", true],
  ["lead", "Does a field say that a case is only a lead? Only for firms that keep leads as cases.", true],
] as const;

const MAX_EXAMPLES = 4;

/** The first step: which fields of a case decide. */
export function FieldsPage({ viewer, draft, version, seen }: FieldsProps) {
  return (
    <Layout title="Mapping, step 1 of 2: fields" viewer={viewer} page="/mapping">
      <form method="post" action={`/console/orgs/${viewer.org}/mapping/values`}>
        <input type="hidden" name="expected" value={version} />
        <input type="hidden" name="document" value={JSON.stringify(draft)} />
        <input type="hidden" name="step" value="fields" />
        {QUESTIONS.map(([use, question, optional]) => (
          <section>
            <label for={`field-${use}`}>{question}</label>
            <FieldSelect use={use} chosen={draft.fields[use]} optional={optional} seen={seen} />
          </section>
        ))}
        <button type="submit">Next: values</button> <span class="soft">Nothing is saved yet.</span>
      </form>
    </Layout>
  );
}

interface FieldSelectProps {
  use: string;
  chosen: FieldReference | undefined;
  optional: boolean;
  seen: Seen;
}

function FieldSelect({ use, chosen, optional, seen }: FieldSelectProps) {
  return (
    <select id={`field-${use}`} name={`field.${use}`}>
      {optional && <option value="">No field</option>}
      {seen.fields.map(({ field, name, values }) => {
        const reference = referenceText(field as FieldReference);
        const examples = values.slice(0, MAX_EXAMPLES).map(({ value }) => String(value).slice(0, 40));
        return (
          <option value={reference} selected={reference === referenceText(chosen)}>
            {name}
            {examples.length > 0 ? ` (${examples.join(", ")})` : ""}
          </option>
        );
      })}
    </select>
  );
}
