import type { Explanation } from "../../../mapping/explain/explain.ts";

function shown(value: unknown): string {
  return value === null || value === undefined ? "blank" : String(value);
}

/** The gates of one case in their order, each with what was seen and what to do. */
export function GatesView({ explanation }: { explanation: Explanation }) {
  return (
    <section>
      <h2>How it came to this</h2>
      <p class="soft">
        {explanation.read_at ? `MyCase was read at ${explanation.read_at}.` : "The case has not been read from MyCase."}
      </p>
      <ol class="gates">
        {explanation.gates.map((gate) => (
          <li class={gate.passed ? "" : "failed"}>
            <strong>{gate.gate.replaceAll("_", " ")}</strong>: {gate.passed ? "passed" : "stopped here"}{" "}
            <span class="soft">({gate.code})</span>
            {gate.field && <div>Value seen: “{shown(gate.value)}”</div>}
            {!gate.passed && gate.expected.length > 0 && (
              <div>Mapped values: {gate.expected.map((one) => `“${one}”`).join(", ")}</div>
            )}
            {gate.near_miss && (
              <div>
                Nearly “{gate.near_miss.expected}”; the difference: {gate.near_miss.difference}
              </div>
            )}
            {gate.fix && <div class="fix">{gate.fix}</div>}
          </li>
        ))}
      </ol>
    </section>
  );
}

/** People of one case with the reasons for what they are. */
export function PeopleView({ explanation }: { explanation: Explanation }) {
  return (
    <>
      <section>
        <h2>Contacts</h2>
        <p class="soft">Main contact by: {explanation.main_contact.reason.replaceAll("_", " ")}</p>
        <table>
          {explanation.contacts.map((one) => (
            <tr>
              <td>{one.client_id ?? one.company_id}</td>
              <td>{one.name}</td>
              <td>{one.group ?? "no group"}</td>
              <td>
                <span class={`tag ${one.linked ? "good" : ""}`}>{one.code.replaceAll("_", " ")}</span>
              </td>
              <td>{one.fix}</td>
            </tr>
          ))}
        </table>
      </section>
      <section>
        <h2>Team</h2>
        <table>
          {explanation.team.map((one) => (
            <tr>
              <td>{one.staff_id}</td>
              <td>{one.name}</td>
              <td>{one.title ?? "no title"}</td>
              <td>
                <span class={`tag ${one.visible ? "good" : "warn"}`}>{one.code.replaceAll("_", " ")}</span>
              </td>
              <td>{one.fix}</td>
            </tr>
          ))}
        </table>
      </section>
    </>
  );
}
