import type { TeamMemberRow } from "../../domain/rows.ts";
import type { StaffRecord } from "../../mycase/wire/staff.ts";
import type { Context } from "../context.ts";
import { matchValue } from "../document/match-value.ts";
import type { StaffFacts } from "../facts.ts";
import { pickPhone } from "../phone.ts";
import { presentText } from "../values.ts";

/** The row of a staff member, from the record or the row there is; null when there is neither (R43-R57, R65). */
export function deriveTeamMember(
  context: Pick<Context, "mapping" | "config">,
  { previous, mirror }: StaffFacts,
): TeamMemberRow | null {
  const record = mirror?.record ?? null;
  const member = record === null ? previous : readMember(context, record);
  if (member === null) return null;
  const override = previous?.visibility_override ?? null;
  const active = member.active && mirror?.state !== "deleted";
  const role = matchValue(context.mapping.teamRoles, member.title);
  return {
    ...member,
    active,
    role: role?.key ?? null,
    // Fail closed: no role, a hidden role, an inactive member and an override each hide (R51, R55, D9).
    visible: role?.visible === true && active && override !== "hidden",
    visibility_override: override,
  };
}

function readMember(context: Pick<Context, "mapping" | "config">, record: StaffRecord): TeamMemberRow {
  return {
    staff_id: record.id,
    first_name: presentText(record.first_name),
    last_name: presentText(record.last_name),
    title: presentText(record.title),
    email: presentText(record.email),
    ...pickPhone(record, context.mapping.phoneOrder, context.config.country),
    active: record.active,
    role: null,
    visible: false,
    visibility_override: null,
  };
}
