import type { Resync, ResyncResult } from "../../domain/resync.ts";
import type { CaseOutcome } from "../../mapping/outcome.ts";
import type { Synced } from "../records/sync-records.ts";

/** The outcomes that end a resync badly: the case could not be read. */
const NOT_SHOWN = new Set(["case_not_found", "case_not_visible", "case_unreadable"]);

/** What a resync tells the person who asked for it (T1). */
export function resyncResult(
  caseId: number,
  synced: Synced,
  changes: ResyncResult["changes"],
): { result: ResyncResult; error: Resync["error"] } {
  const caseOutcome = synced.cases.find((outcome) => outcome.case_id === caseId);
  const outcome = outcomeCode(caseOutcome, changes.length > 0);
  const message = messageOf(outcome, synced.readAt);
  return {
    result: { outcome, changes, read_at: synced.readAt, message },
    error: NOT_SHOWN.has(outcome) ? { code: outcome, detail: message } : null,
  };
}

function outcomeCode(outcome: CaseOutcome | undefined, changed: boolean): string {
  if (outcome && outcome.bucket !== "project" && outcome.bucket !== "lead") return outcome.code;
  return changed ? "changed" : "unchanged";
}

function messageOf(outcome: string, readAt: string): string {
  switch (outcome) {
    case "changed":
      return `MyCase was read at ${readAt}; the listed fields now have its values.`;
    case "unchanged":
      return `Nothing changed: MyCase, read at ${readAt}, still has the values that are shown here.`;
    case "case_not_found":
      return `MyCase, asked at ${readAt}, has no such case, or no longer has it.`;
    case "case_not_visible":
      return `MyCase, asked at ${readAt}, does not let this connection see the case.`;
    case "case_unreadable":
      return `MyCase, asked at ${readAt}, answers every read of the case with an error; it is read again every night.`;
    default:
      return `MyCase was read at ${readAt}; the case is not shown as a project (${outcome}). Explain tells why.`;
  }
}
