import { matchValue, nearMissOf } from "../match-value.ts";
import type { Gate } from "../outcome.ts";
import { quoteSome, tellNearMiss } from "./quote-value.ts";
import { look, nameOf, type Reading } from "./reading.ts";

/** Gate 3: the mapped enabled field is true (T4). No field mapped means enabled (R24). */
export function enabledGate(reading: Reading): Gate {
  const rule = reading.context.mapping.enabled;
  if (rule === null) {
    const nothing = { field: null, value: null, expected: [], near_miss: null, fix: null };
    return { gate: "enabled", passed: true, code: "no_field_mapped", ...nothing };
  }
  const { field, value } = look(reading, rule.reference);
  const passed = value === null ? rule.whenBlank === "enabled" : matchValue(rule.values, value) !== null;
  const evidence = { field, value, expected: rule.values.expected };
  if (passed) return { gate: "enabled", passed, code: "ok", ...evidence, near_miss: null, fix: null };
  const nearMiss = nearMissOf(rule.values, value);
  const wanted = `${nameOf(reading, rule.reference)} of the case in MyCase to ${quoteSome(rule.values.expected)}`;
  const fix = `${tellNearMiss(nearMiss)}Set ${wanted}, or change the values that mean enabled in the mapping.`;
  return { gate: "enabled", passed, code: "disabled", ...evidence, near_miss: nearMiss, fix };
}
