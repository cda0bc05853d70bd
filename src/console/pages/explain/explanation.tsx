import type { Explanation } from "../../../mapping/explain/explain.ts";
import type { OrgViewer } from "../../layout.tsx";
import { StatusTag } from "../../status-tag.tsx";
import { Table } from "../../table.tsx";
import { Time } from "../../time.tsx";

type Gate = Explanation["gates"][number];

interface ExplanationProps {
  viewer: OrgViewer;
  explanation: Explanation;
}

const QUESTIONS: Record<Gate["gate"], string> = {
  connected: "Is MyCase connected?",
  exists: "Does MyCase show the case?",
  enabled: "Is the case enabled?",
  lead_rule: "Is the case a lead?",
  project_type: "Is its project type mapped?",
  phase: "Is its phase mapped?",
};

function answerOf({ gate, passed, code }: Gate): string {
  if (!passed) return "No, it stopped here";
  if (gate === "lead_rule") return code === "lead" ? "Yes" : "No";
  return code === "phase_unmapped" ? "No, but that stops nothing" : "Yes";
}

function quoted(value: unknown): string {
  return value === null || value === undefined ? "blank" : `“${String(value)}”`;
}

/** The gates of a case in order, each with the value seen, the values expected, and what to do. */
export function GatesView({ viewer, explanation }: ExplanationProps) {
  return (
    <section>
      <h2>How this was decided</h2>
      <p class="soft">
        {explanation.read_at ? (
          <>
            MyCase was read <Time at={explanation.read_at} viewer={viewer} />.
          </>
        ) : (
          "This case has not been read from MyCase."
        )}
      </p>
      <ol class="gates">
        {explanation.gates.map((gate) => (
          <GateView viewer={viewer} gate={gate} />
        ))}
      </ol>
    </section>
  );
}

function GateView({ viewer, gate }: { viewer: OrgViewer; gate: Gate }) {
  const unmapped = gate.code === "project_type_unmapped" || gate.code === "phase_unmapped";
  return (
    <li class={gate.passed ? (gate.code === "phase_unmapped" ? "warned" : "") : "failed"}>
      <strong>{QUESTIONS[gate.gate]}</strong> {answerOf(gate)} <span class="soft">({gate.code})</span>
      {gate.field && <div>Value in MyCase: {quoted(gate.value)}</div>}
      {(!gate.passed || unmapped) && gate.expected.length > 0 && (
        <div>Values that would pass: {gate.expected.map(quoted).join(", ")}</div>
      )}
      {gate.near_miss && (
        <div>
          Almost {quoted(gate.near_miss.expected)}. Difference: {gate.near_miss.difference}
        </div>
      )}
      {gate.fix && <div class="fix">{gate.fix}</div>}
      {unmapped && viewer.canAdmin && (
        <a href={`/console/orgs/${viewer.org}/mapping/values`}>Map {quoted(gate.value)} now</a>
      )}
    </li>
  );
}

/** The people of a case: why each is or is not linked, and what clients see. */
export function PeopleView({ viewer, explanation }: ExplanationProps) {
  return (
    <>
      <section>
        <h2>Contacts</h2>
        <p class="soft">Main contact chosen by: {explanation.main_contact.reason.replaceAll("_", " ")}</p>
        <Table label="Contacts" columns={["Id", "Name", "Group", "State", "What would change it", ""]}>
          {explanation.contacts.map((contact) => (
            <tr>
              <td>{contact.client_id ?? contact.company_id}</td>
              <td>
                {contact.linked ? (
                  <a href={`/console/orgs/${viewer.org}/contacts/${contact.client_id}`}>{contact.name}</a>
                ) : (
                  contact.name
                )}
              </td>
              <td>{contact.group ?? "no group"}</td>
              <td>
                <StatusTag text={contact.code} tone={contact.linked ? "good" : "neutral"} />
              </td>
              <td>{contact.fix}</td>
              <td>
                <PinForm viewer={viewer} explanation={explanation} contact={contact} />
              </td>
            </tr>
          ))}
        </Table>
      </section>
      <section>
        <h2>Team</h2>
        <Table label="Team" columns={["Id", "Name", "Title", "State", "What would change it", ""]}>
          {explanation.team.map((member) => (
            <tr>
              <td>{member.staff_id}</td>
              <td>
                <a href={`/console/orgs/${viewer.org}/team/${member.staff_id}`}>{member.name}</a>
              </td>
              <td>{member.title ?? "no title"}</td>
              <td>
                <StatusTag text={member.code} tone={member.visible ? "good" : "warn"} />
              </td>
              <td>{member.fix}</td>
              <td>
                <HideForm viewer={viewer} member={member} caseId={explanation.case_id} />
              </td>
            </tr>
          ))}
        </Table>
      </section>
    </>
  );
}

interface PinProps extends ExplanationProps {
  contact: Explanation["contacts"][number];
}

function PinForm({ viewer, explanation, contact }: PinProps) {
  if (!viewer.canAdmin || contact.client_id === null) return null;
  const pinned = contact.is_main && explanation.main_contact.reason === "pinned";
  return (
    <form method="post" action={`/console/orgs/${viewer.org}/projects/${explanation.case_id}/main-contact`}>
      <input type="hidden" name="client_id" value={pinned ? "" : contact.client_id} />
      {(pinned || !contact.is_main) && (
        <button type="submit" class="small quiet">
          {pinned ? "Unpin" : "Make main contact"}
        </button>
      )}
    </form>
  );
}

interface HideProps {
  viewer: OrgViewer;
  caseId: number;
  member: Explanation["team"][number];
}

function HideForm({ viewer, caseId, member }: HideProps) {
  const hidden = member.code === "hidden_by_override";
  if (!viewer.canAdmin || !(member.visible || hidden)) return null;
  return (
    <form method="post" action={`/console/orgs/${viewer.org}/team/${member.staff_id}/visibility`}>
      <input type="hidden" name="override" value={hidden ? "" : "hidden"} />
      <input type="hidden" name="back" value={`/projects/${caseId}`} />
      <button type="submit" class="small quiet">
        {hidden ? "Show again" : "Hide from clients"}
      </button>
    </form>
  );
}
