import type { ProjectRow } from "../../../domain/rows.ts";
import type { CompiledType } from "../../document/compile.ts";
import { matchValue, nearMissOf } from "../../document/match-value.ts";
import type { Gate } from "../../outcome.ts";
import { describeNearMiss, quoteValue } from "./quote-value.ts";
import { nameOf, type Reading, readMappedField } from "./read-mapped-field.ts";

/** Gate 6, which never blocks: the phase listed for the value, else the last one of the same type, else none (D7). */
export function phaseGate(
  reading: Reading,
  type: CompiledType,
  previous: ProjectRow | null,
): { gate: Gate; phase: string | null } {
  const { reference } = reading.context.mapping.phase;
  const { field, value } = readMappedField(reading, reference);
  const phase = matchValue(type.phases, value);
  const evidence = { field, value, expected: type.phases.expected };
  if (phase !== null)
    return { phase, gate: { gate: "phase", passed: true, code: "ok", ...evidence, near_miss: null, fix: null } };
  const kept = lastPhase(type, previous);
  const nearMiss = nearMissOf(type.phases, value);
  const name = nameOf(reading, reference);
  const fix =
    value === null
      ? `Fill in the ${name} of the case in MyCase.`
      : `${describeNearMiss(nearMiss)}List ${quoteValue(value)} under a phase of project type "${type.key}", or change the ${name} of the case in MyCase.`;
  const code = kept === null ? "phase_unmapped" : "phase_kept";
  return { phase: kept, gate: { gate: "phase", passed: true, code, ...evidence, near_miss: nearMiss, fix } };
}

function lastPhase(type: CompiledType, previous: ProjectRow | null): string | null {
  const last = previous?.phase ?? null;
  if (last === null || previous?.project_type !== type.key) return null;
  return type.phaseKeys.has(last) ? last : null;
}
