import type { TeamLink, TeamMemberRow } from "../../domain/rows.ts";
import type { CaseRecord } from "../../mycase/wire/case.ts";
import type { Context } from "../context.ts";
import { nearMissOf } from "../document/match-value.ts";
import type { NearMiss, TeamCode, TeamDecision } from "../outcome.ts";
import { byId } from "../values.ts";
import { describeNearMiss, quoteValue } from "./gates/quote-value.ts";

export interface TeamDecisions {
  links: TeamLink[];
  decisions: TeamDecision[];
}

/** Who of a case's staff is linked, and who of them clients see (R43-R57). Only projects have a team. */
export function decideTeam(context: Context, record: CaseRecord, wanted: boolean): TeamDecisions {
  const links: TeamLink[] = [];
  const decisions: TeamDecision[] = [];
  for (const link of mergeAssignments(record)) {
    const member = context.member(link.staff_id);
    if (wanted && member !== null) links.push(link);
    decisions.push(decide(context, link.staff_id, member, wanted));
  }
  return { links, decisions };
}

function mergeAssignments(record: CaseRecord): TeamLink[] {
  const links = new Map<number, TeamLink>();
  for (const { id, lead_lawyer, originating_lawyer } of record.staff) {
    const link = links.get(id);
    links.set(id, {
      staff_id: id,
      lead_lawyer: lead_lawyer || link?.lead_lawyer === true,
      originating_lawyer: originating_lawyer || link?.originating_lawyer === true,
    });
  }
  return byId([...links.values()], (link) => link.staff_id);
}

function decide(context: Context, staffId: number, member: TeamMemberRow | null, wanted: boolean): TeamDecision {
  if (member === null) {
    const fix = "MyCase has not given a readable record of this staff member. It is read again within minutes.";
    const nothing = { title: null, role: null, visible: false, near_miss: null };
    return { staff_id: staffId, ...nothing, code: "staff_unavailable", fix };
  }
  const nearMiss = member.role === null ? nearMissOf(context.mapping.teamRoles, member.title) : null;
  const code = wanted ? codeOf(member, nearMiss) : "case_not_live";
  return {
    staff_id: staffId,
    title: member.title,
    role: member.role,
    visible: code === "visible",
    code,
    near_miss: nearMiss,
    fix: fixFor(code, member, nearMiss),
  };
}

function codeOf(member: TeamMemberRow, nearMiss: NearMiss | null): TeamCode {
  if (!member.active) return "inactive";
  if (member.role === null) return nearMiss === null ? "role_not_created" : "title_mismatch";
  if (member.visible) return "visible";
  return member.visibility_override === "hidden" ? "hidden_by_override" : "role_hidden";
}

function fixFor(code: TeamCode, member: TeamMemberRow, nearMiss: NearMiss | null): string | null {
  if (code === "inactive") return "Reactivate the staff member in MyCase.";
  if (code === "role_hidden") return `Make team role ${quoteValue(member.role)} visible in the mapping.`;
  if (code === "hidden_by_override") return "Take back the visibility override of this team member here.";
  if (code !== "role_not_created" && code !== "title_mismatch") return null;
  return member.title === null
    ? "Give the staff member a title in MyCase that a team role of the mapping lists."
    : `${describeNearMiss(nearMiss)}List title ${quoteValue(member.title)} under a team role of the mapping, or change it in MyCase.`;
}
