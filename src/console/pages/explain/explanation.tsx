import type { Explanation } from "../../../mapping/explain/explain.ts";
import { StatusTag } from "../../status-tag.tsx";

function quoted(value: unknown): string {
  return value === null || value === undefined ? "blank" : String(value);
}

/** The gates of a case in order, each with the value seen and what to do. */
export function GatesView({ explanation }: { explanation: Explanation }) {
  return (
    <section>
      <h2>How this was decided</h2>
      <p class="soft">
        {explanation.read_at
          ? `MyCase was read at ${explanation.read_at}.`
          : "This case has not been read from MyCase."}
      </p>
      <ol class="gates">
        {explanation.gates.map((gate) => (
          <li class={gate.passed ? "" : "failed"}>
            <strong>{gate.gate.replaceAll("_", " ")}</strong>: {gate.passed ? "passed" : "stopped here"}{" "}
            <span class="soft">({gate.code})</span>
            {gate.field && <div>Value seen: “{quoted(gate.value)}”</div>}
            {!gate.passed && gate.expected.length > 0 && (
              <div>Mapped values: {gate.expected.map((value) => `“${value}”`).join(", ")}</div>
            )}
            {gate.near_miss && (
              <div>
                Almost “{gate.near_miss.expected}”. Difference: {gate.near_miss.difference}
              </div>
            )}
            {gate.fix && <div class="fix">{gate.fix}</div>}
          </li>
        ))}
      </ol>
    </section>
  );
}

/** The people of a case: why each is or is not linked, and what clients see. */
export function PeopleView({ explanation }: { explanation: Explanation }) {
  return (
    <>
      <section>
        <h2>Contacts</h2>
        <p class="soft">Main contact chosen by: {explanation.main_contact.reason.replaceAll("_", " ")}</p>
        <table>
          {explanation.contacts.map((contact) => (
            <tr>
              <td>{contact.client_id ?? contact.company_id}</td>
              <td>{contact.name}</td>
              <td>{contact.group ?? "no group"}</td>
              <td>
                <StatusTag text={contact.code} tone={contact.linked ? "good" : "neutral"} />
              </td>
              <td>{contact.fix}</td>
            </tr>
          ))}
        </table>
      </section>
      <section>
        <h2>Team</h2>
        <table>
          {explanation.team.map((member) => (
            <tr>
              <td>{member.staff_id}</td>
              <td>{member.name}</td>
              <td>{member.title ?? "no title"}</td>
              <td>
                <StatusTag text={member.code} tone={member.visible ? "good" : "warn"} />
              </td>
              <td>{member.fix}</td>
            </tr>
          ))}
        </table>
      </section>
    </>
  );
}
