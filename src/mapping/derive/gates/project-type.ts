import type { CompiledType } from "../../document/compile.ts";
import { matchValue, nearMissOf } from "../../document/match-value.ts";
import type { Gate } from "../../outcome.ts";
import { describeNearMiss, quoteValue } from "./quote-value.ts";
import { nameOf, type Reading, readMappedField } from "./read-mapped-field.ts";

/** Gate 5: exactly one project type lists the value of the mapped field (R22, T3). */
export function projectTypeGate(reading: Reading): { gate: Gate; type: CompiledType | null } {
  const { reference, types } = reading.context.mapping.projectType;
  const { field, value } = readMappedField(reading, reference);
  const type = matchValue(types, value);
  const evidence = { field, value, expected: types.expected };
  if (type !== null)
    return { type, gate: { gate: "project_type", passed: true, code: "ok", ...evidence, near_miss: null, fix: null } };
  const nearMiss = nearMissOf(types, value);
  const name = nameOf(reading, reference);
  const fix =
    value === null
      ? `Fill in the ${name} of the case in MyCase.`
      : `${describeNearMiss(nearMiss)}List ${quoteValue(value)} under one project type of the mapping, or change the ${name} of the case in MyCase.`;
  const gate: Gate = {
    gate: "project_type",
    passed: false,
    code: "project_type_unmapped",
    ...evidence,
    near_miss: nearMiss,
    fix,
  };
  return { type: null, gate };
}
