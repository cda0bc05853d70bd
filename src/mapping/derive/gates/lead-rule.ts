import { matchValue, nearMissOf } from "../../document/match-value.ts";
import type { Gate } from "../../outcome.ts";
import { describeNearMiss, formatValues } from "./quote-value.ts";
import { nameOf, type Reading, readMappedField } from "./read-mapped-field.ts";

/** Gate 4: a fork, not a barrier. The firm's rule makes the case a lead, else it goes on to be a project (R17, T7). */
export function leadRuleGate(reading: Reading): Gate {
  const rule = reading.context.mapping.lead;
  if (rule === null) {
    const nothing = { field: null, value: null, expected: [], near_miss: null, fix: null };
    return { gate: "lead_rule", passed: true, code: "no_lead_rule", ...nothing };
  }
  const { field, value } = readMappedField(reading, rule.reference);
  const evidence = { field, value, expected: rule.values.expected };
  if (matchValue(rule.values, value) !== null)
    return { gate: "lead_rule", passed: true, code: "lead", ...evidence, near_miss: null, fix: null };
  const nearMiss = nearMissOf(rule.values, value);
  const name = nameOf(reading, rule.reference);
  const fix =
    nearMiss === null
      ? null
      : `${describeNearMiss(nearMiss)}If this case is a lead, set its ${name} in MyCase to ${formatValues(rule.values.expected)}.`;
  return { gate: "lead_rule", passed: true, code: "not_a_lead", ...evidence, near_miss: nearMiss, fix };
}
