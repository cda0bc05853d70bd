import type { Gate } from "../../outcome.ts";

/** Where a case waits before the firm's first mapping. */
export function noMappingGate(): Gate {
  return {
    gate: "project_type",
    passed: false,
    code: "no_mapping",
    field: null,
    value: null,
    expected: [],
    near_miss: null,
    fix: "Save a mapping that says which field decides the project type.",
  };
}
