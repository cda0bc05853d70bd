import { matchValue, nearMissOf } from "../../document/match-value.ts";
import type { Gate } from "../../outcome.ts";
import { describeNearMiss, formatValues } from "./quote-value.ts";
import { nameOf, type Reading, readMappedField } from "./read-mapped-field.ts";

/** Gate 3: the mapped enabled field is true (T4). No field mapped means enabled (R24). */
export function enabledGate(reading: Reading): Gate {
  const rule = reading.context.mapping.enabled;
  if (rule === null) {
    const nothing = { field: null, value: null, expected: [], near_miss: null, fix: null };
    return { gate: "enabled", passed: true, code: "no_field_mapped", ...nothing };
  }
  const { field, value } = readMappedField(reading, rule.reference);
  const passed = value === null ? rule.whenBlank === "enabled" : matchValue(rule.values, value) !== null;
  const evidence = { field, value, expected: rule.values.expected };
  if (passed) return { gate: "enabled", passed, code: "ok", ...evidence, near_miss: null, fix: null };
  const nearMiss = nearMissOf(rule.values, value);
  const wanted = `${nameOf(reading, rule.reference)} of the case in MyCase to ${formatValues(rule.values.expected)}`;
  const fix = `${describeNearMiss(nearMiss)}Set ${wanted}, or change the values that mean enabled in the mapping.`;
  return { gate: "enabled", passed, code: "disabled", ...evidence, near_miss: nearMiss, fix };
}
