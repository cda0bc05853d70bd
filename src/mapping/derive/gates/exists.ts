import type { CaseFacts } from "../../facts.ts";
import type { Gate, GateCode } from "../../outcome.ts";

/** Gate 2: MyCase returns the case to this connection, in a form that can be read (T2). */
export function existsGate({ case_id, mirror, previous }: CaseFacts): Gate {
  const code = codeOf(mirror);
  return {
    gate: "exists",
    passed: code === "ok",
    code,
    field: null,
    value: null,
    expected: [],
    near_miss: null,
    fix: fixFor(code, case_id, (mirror?.record ?? previous.project) === null),
  };
}

function codeOf(mirror: CaseFacts["mirror"]): GateCode {
  if (mirror === null || mirror.state === "deleted") return "case_not_found";
  if (mirror.state === "not_visible") return "case_not_visible";
  if (mirror.state === "unreadable") return "case_unreadable";
  return mirror.state === "malformed" || mirror.record === null ? "case_malformed" : "ok";
}

function fixFor(code: GateCode, caseId: number, neverSeen: boolean): string | null {
  if (code === "case_not_visible")
    return `MyCase refuses case ${caseId} to the connected user. Give that user access to the case in MyCase.`;
  if (code === "case_malformed")
    return `MyCase sent case ${caseId} in a form that cannot be read. Open and save it in MyCase, then resync it.`;
  if (code === "case_unreadable")
    return `MyCase answers every read of case ${caseId} with an error. Open it in MyCase, then resync it; it is read again every night.`;
  if (code !== "case_not_found") return null;
  return neverSeen
    ? `MyCase has not returned case ${caseId} so far. Check its id in MyCase, then resync it.`
    : `MyCase no longer returns case ${caseId}. If it was deleted by mistake, restore it in MyCase.`;
}
