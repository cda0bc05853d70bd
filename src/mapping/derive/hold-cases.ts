import type { CaseFacts, Facts } from "../facts.ts";

const UNREAD: CaseFacts["mirror"] = { record: null, state: "unreadable", deleted_at: null };

/** The facts as if these cases could not be read, so that their rows stay as they are. */
export function holdCases(facts: Facts, held: ReadonlySet<number>): Facts {
  if (held.size === 0) return facts;
  const cases = facts.cases.map((row) => (held.has(row.case_id) ? { ...row, mirror: UNREAD } : row));
  return { ...facts, cases };
}
