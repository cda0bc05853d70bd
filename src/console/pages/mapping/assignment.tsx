import type { ListId, Target } from "./draft.ts";
import type { ValueRow } from "./sections.ts";

interface AssignmentProps {
  list: ListId;
  title: string;
  /** What one target is called: "project type", "phase". */
  noun: string;
  /** What one value is called: "Value of practice area". */
  valueNoun: string;
  targets: Target[];
  rows: ValueRow[];
  /** Team roles can be hidden from clients. */
  hideable?: boolean;
}

/** A list of targets in their order, and for each value seen the target it means. */
export function Assignment({ list, title, noun, valueNoun, targets, rows, hideable = false }: AssignmentProps) {
  return (
    <fieldset id={list}>
      <legend>{title}</legend>
      {targets.map((target, index) => (
        <TargetRow
          list={list}
          noun={noun}
          target={target}
          place={{ index, last: targets.length - 1 }}
          hideable={hideable}
        />
      ))}
      <div class="row">
        <label>
          New {noun}
          <input name={`${list}.new`} maxLength={200} />
        </label>
        <button type="submit" name="action" value={`add|${list}`} class="quiet">
          Add {noun}
        </button>
      </div>
      {targets.length > 0 && rows.length > 0 && (
        <ValueTable list={list} noun={noun} valueNoun={valueNoun} targets={targets} rows={rows} />
      )}
      {targets.length === 0 && rows.length > 0 && (
        <p class="soft">
          Seen in MyCase:{" "}
          {rows
            .slice(0, 12)
            .map(({ value, count }) => `“${value}” (${count})`)
            .join(", ")}
        </p>
      )}
    </fieldset>
  );
}

interface TargetRowProps {
  list: ListId;
  noun: string;
  target: Target;
  place: { index: number; last: number };
  hideable: boolean;
}

function TargetRow({ list, noun, target, place: { index, last }, hideable }: TargetRowProps) {
  return (
    <div class="row target">
      <input type="hidden" name={`${list}.key.${index}`} value={target.key} />
      <label>
        <span class="soft">
          Name of {noun} {index + 1}
        </span>
        <input name={`${list}.name.${index}`} value={target.name} required maxLength={200} />
      </label>
      {hideable && (
        <label class="check">
          <input type="checkbox" name={`${list}.visible.${index}`} checked={target.visible !== false} /> clients see it
        </label>
      )}
      {index > 0 && (
        <button type="submit" name="action" value={`up|${list}|${index}`} class="small quiet">
          Move up<span class="hidden"> {target.name}</span>
        </button>
      )}
      {index < last && (
        <button type="submit" name="action" value={`down|${list}|${index}`} class="small quiet">
          Move down<span class="hidden"> {target.name}</span>
        </button>
      )}
      <button type="submit" name="action" value={`remove|${list}|${index}`} class="small quiet">
        Remove<span class="hidden"> {target.name}</span>
      </button>
    </div>
  );
}

function ValueTable({ list, noun, valueNoun, targets, rows }: Omit<AssignmentProps, "title" | "hideable">) {
  const nameOf = (key: string) => targets.find((target) => target.key === key)?.name ?? key;
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{valueNoun}</th>
          <th scope="col">Seen</th>
          <th scope="col">Means</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ value, count, to, proposal }, index) => (
          <tr>
            <td>
              <input type="hidden" name={`${list}.value.${index}`} value={JSON.stringify(value)} />“{String(value)}”
              {proposal && (
                <div>
                  <span class="soft">{proposal.why} </span>
                  <button
                    type="submit"
                    name="action"
                    value={`map|${list}|${index}|${proposal.key}`}
                    class="small quiet"
                  >
                    Map to {nameOf(proposal.key)}
                  </button>
                </div>
              )}
            </td>
            <td>{count}</td>
            <td>
              <select name={`${list}.to.${index}`} aria-label={`${noun} for ${String(value)}`}>
                <option value="">— not mapped —</option>
                {targets.map(({ key, name }) => (
                  <option value={key} selected={key === to}>
                    {name}
                  </option>
                ))}
              </select>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
