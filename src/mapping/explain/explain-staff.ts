import type { CaseRecord } from "../../mycase/wire/case.ts";
import type { CaseOutcome, TeamDecision } from "../outcome.ts";

/** The answer about one person on one case (T5, T6). */
export interface StaffExplanation extends Omit<TeamDecision, "code"> {
  assigned: boolean;
  code: TeamDecision["code"] | "staff_not_assigned";
  name: string | null;
  /** Who is assigned to the case in MyCase; what to compare with when the person is not. */
  assigned_staff: { staff_id: number; name: string | null }[];
}

export function explainStaff(
  staffId: number,
  outcome: CaseOutcome,
  record: CaseRecord | null,
  nameOf: (staffId: number) => string | null,
): StaffExplanation {
  const ids = [...new Set(record?.staff.map(({ id }) => id) ?? [])].sort((a, b) => a - b);
  const assigned_staff = ids.map((id) => ({ staff_id: id, name: nameOf(id) }));
  const about = { name: nameOf(staffId), assigned_staff };
  const decision = outcome.team_decisions.find((entry) => entry.staff_id === staffId);
  if (decision !== undefined) return { ...decision, assigned: true, ...about };
  const nothing = { staff_id: staffId, title: null, role: null, visible: false, near_miss: null };
  if (ids.includes(staffId)) return { ...nothing, assigned: true, code: "case_not_live", fix: null, ...about };
  const fix = "Assign the staff member to the case in MyCase, under Contacts & staff.";
  return { ...nothing, assigned: false, code: "staff_not_assigned", fix, ...about };
}
