import type { MappedValue } from "../../../mapping/document/schema.ts";
import type { Draft } from "./draft.ts";
import { fieldOf, type Seen } from "./sections.ts";

/** Which values of the enabled field and of the lead field count; nothing where no such field is mapped. */
export function FieldValues({ draft, seen }: { draft: Draft; seen: Seen }) {
  const { enabled, lead } = draft.fields;
  return (
    <>
      {enabled && (
        <fieldset>
          <legend>Values of “{fieldOf(seen, enabled)?.name}” that mean: clients may see it</legend>
          <Choices name="enabled.value" chosen={enabled.true_values} seen={fieldOf(seen, enabled)?.values ?? []} />
          <label>
            When the field is blank
            <select name="enabled.when_blank">
              <option value="disabled">clients do not see it</option>
              <option value="enabled" selected={enabled.when_blank === "enabled"}>
                clients see it
              </option>
            </select>
          </label>
        </fieldset>
      )}
      {lead && (
        <fieldset>
          <legend>Values of “{fieldOf(seen, lead)?.name}” that make a case a lead</legend>
          <Choices name="lead.value" chosen={lead.values} seen={fieldOf(seen, lead)?.values ?? []} />
        </fieldset>
      )}
    </>
  );
}

interface ChoicesProps {
  name: string;
  chosen: readonly MappedValue[];
  seen: { value: MappedValue; count: number }[];
}

/** A checkbox for each value seen, and for each one chosen that no case has now. */
function Choices({ name, chosen, seen }: ChoicesProps) {
  const texts = new Set(seen.map(({ value }) => String(value)));
  const unseen = chosen.filter((value) => !texts.has(String(value))).map((value) => ({ value, count: 0 }));
  const values = [...seen, ...unseen];
  if (values.length === 0) return <p class="soft">No case has a value in this field yet.</p>;
  return (
    <div class="values">
      {values.map(({ value, count }) => (
        <label>
          <input
            type="checkbox"
            name={name}
            value={JSON.stringify(value)}
            checked={chosen.some((mapped) => String(mapped) === String(value))}
          />{" "}
          “{String(value)}” <span class="soft">({count})</span>
        </label>
      ))}
    </div>
  );
}
