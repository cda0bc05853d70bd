import { formatValues, quoteValue } from "../derive/gates/quote-value.ts";
import type { ClientFacts } from "../facts.ts";
import { isLive } from "../is-live.ts";
import type { CaseOutcome, ContactDecision, Gate } from "../outcome.ts";

/** Why a contact is of its kind, and what would change it (T7); all null for a contact that is not linked. */
export interface KindExplanation {
  kind: "client" | "lead" | null;
  kind_code: "lead" | "no_lead_rule" | "not_a_lead" | "on_live_project" | "on_lead" | null;
  kind_fix: string | null;
}

export function explainKind(
  outcome: CaseOutcome,
  { linked }: ContactDecision,
  elsewhere: ClientFacts["linksOutsideScope"] | undefined,
): KindExplanation {
  const rule = outcome.gates.find((gate) => gate.gate === "lead_rule");
  if (!linked || rule === undefined) return { kind: null, kind_code: null, kind_fix: null };
  if (outcome.bucket === "lead") {
    if (elsewhere?.on_live_project !== true) return { kind: "lead", kind_code: "lead", kind_fix: fixFor(rule) };
    const fix = "This case is a lead, but the contact is also on a live project, which makes them a client.";
    return { kind: "client", kind_code: "on_live_project", kind_fix: fix };
  }
  if (!isLive(outcome.project) && elsewhere?.on_live_project !== true && elsewhere?.on_lead === true) {
    const fix = "The contact is on a lead and on no live project.";
    return { kind: "lead", kind_code: "on_lead", kind_fix: fix };
  }
  const code = rule.code === "no_lead_rule" ? "no_lead_rule" : "not_a_lead";
  return { kind: "client", kind_code: code, kind_fix: fixFor(rule) };
}

function fixFor(rule: Gate): string {
  if (rule.code === "no_lead_rule")
    return "If the firm keeps leads as cases, add a lead rule to the mapping (fields.lead).";
  const when = `The lead rule (fields.lead) applies to ${nameOf(rule.field)} ${formatValues(rule.expected)}`;
  return `${when}; this case has ${quoteValue(rule.value)}.`;
}

function nameOf(field: Gate["field"]): string {
  if (field === null) return "";
  if ("field" in field) return field.field;
  return field.name === null ? `custom field ${field.custom_field_id}` : `custom field ${quoteValue(field.name)}`;
}
