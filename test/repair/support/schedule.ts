import fc from "fast-check";
import type { CollectionName } from "../../../simulator/records.ts";
import type { World } from "../../support/world.ts";
import { type Clock, ENABLED_FIELD, KIND_FIELD } from "./firm.ts";

const SILENT = { silent: true };
const STAGES = ["Intake", "Discovery", "Settlement", "Unheard of"];
const AREAS = ["Personal Injury", "Family Law", "Auto Accident", "Unheard of"];

type Firm = World["simulator"];
/** Does something to the firm; numbers choose among the records there are, so that every schedule makes sense. */
type Deed = (firm: Firm, one: number, other: number) => void;

/** What the firm's people may do in MyCase and a poll can see. */
const EDITS: Record<string, Deed> = {
  "a case is created": (firm, one, other) => {
    firm.edit.create(
      "cases",
      {
        name: `Case of ${one}`,
        practice_area: of(AREAS, one),
        case_stage: of(STAGES, other),
        clients: idsOf(firm, "clients", one).map((id) => ({ id })),
        staff: idsOf(firm, "staff", other).map((id) => ({
          id,
          lead_lawyer: true,
          originating_lawyer: false,
          case_rate: null,
        })),
      },
      SILENT,
    );
  },
  "a case is renamed": (firm, one, other) => {
    firm.edit.update("cases", idOf(firm, "cases", one), { name: `Renamed ${other}` }, SILENT);
  },
  "a case moves to a stage": (firm, one, other) => {
    firm.edit.update("cases", idOf(firm, "cases", one), { case_stage: of(STAGES, other) }, SILENT);
  },
  "a case gets a practice area": (firm, one, other) => {
    firm.edit.update("cases", idOf(firm, "cases", one), { practice_area: of(AREAS, other) }, SILENT);
  },
  "a case is closed": (firm, one) => void firm.edit.closeCase(idOf(firm, "cases", one), SILENT),
  "a case is reopened": (firm, one) => void firm.edit.reopenCase(idOf(firm, "cases", one), SILENT),
  "a case is enabled or disabled": (firm, one, other) => {
    firm.edit.setCaseField(idOf(firm, "cases", one), ENABLED_FIELD, of([true, false, null], other), SILENT);
  },
  "a case becomes a lead or a matter": (firm, one, other) => {
    firm.edit.setCaseField(idOf(firm, "cases", one), KIND_FIELD, of(["Lead", "Matter", null], other), SILENT);
  },
  "a case is billed to one of its clients": (firm, one, other) => {
    const id = idOf(firm, "cases", one);
    const payer = firm.edit.get("cases", id).clients.at(other % 2);
    if (payer) firm.edit.update("cases", id, { billing_contact: { id: payer.id } }, SILENT);
  },
  "a client is created": (firm, one) => {
    firm.edit.create("clients", { first_name: `New ${one}`, last_name: "Clark", people_group: { id: 1 } }, SILENT);
  },
  "a client is renamed": (firm, one, other) => {
    firm.edit.update("clients", idOf(firm, "clients", one), { first_name: `Renamed ${other}` }, SILENT);
  },
  "a client gets a phone": (firm, one, other) => {
    const cell_phone_number = of(["", "(212) 555-0101", "call me"], other);
    firm.edit.update("clients", idOf(firm, "clients", one), { cell_phone_number }, SILENT);
  },
  "a client changes group": (firm, one, other) => {
    const people_group = of([{ id: idOf(firm, "people_groups", one) }, null], other);
    firm.edit.update("clients", idOf(firm, "clients", one), { people_group }, SILENT);
  },
  "a client joins a case": (firm, one, other) => {
    firm.edit.addCaseClient(idOf(firm, "cases", one), idOf(firm, "clients", other), SILENT);
  },
  "a client leaves a case": (firm, one, other) => {
    firm.edit.removeCaseClient(idOf(firm, "cases", one), idOf(firm, "clients", other), SILENT);
  },
  "a staff member is put on a case": (firm, one, other) => {
    const flags = { lead_lawyer: one % 2 === 0, originating_lawyer: other % 2 === 0 };
    firm.edit.addCaseStaff(idOf(firm, "cases", one), idOf(firm, "staff", other), flags, SILENT);
  },
  "a staff member is taken off a case": (firm, one, other) => {
    firm.edit.removeCaseStaff(idOf(firm, "cases", one), idOf(firm, "staff", other), SILENT);
  },
  "a staff member gets a title": (firm, one, other) => {
    const title = of(["Attorney", "Paralegal", "attorney", "Partner", ""], other);
    firm.edit.update("staff", idOf(firm, "staff", one), { title });
  },
  "a staff member leaves or comes back": (firm, one, other) => {
    firm.edit.update("staff", idOf(firm, "staff", one), { active: other % 2 === 0 });
  },
  "a staff member is hired": (firm, one) => {
    firm.edit.create("staff", { first_name: `Hired ${one}`, last_name: "Reed", title: "Partner" });
  },
  "a group is renamed": (firm, one, other) => {
    firm.edit.update("people_groups", idOf(firm, "people_groups", one), {
      name: of(["Client", "Customer", "Judge"], other),
    });
  },
  "a stage is renamed": (firm, one, other) => {
    firm.edit.renameListEntry("case_stages", idOf(firm, "case_stages", one % 6), of(STAGES, other), SILENT);
  },
  "a practice area is renamed": (firm, one, other) => {
    firm.edit.renameListEntry("practice_areas", idOf(firm, "practice_areas", one), of(AREAS, other), SILENT);
  },
  "a custom field is renamed": (firm, one, other) => {
    firm.edit.update("custom_fields", idOf(firm, "custom_fields", one), { name: `Field ${other}` });
  },
};

/** What only a full listing can see. */
const DELETIONS: Record<string, Deed> = {
  "a case is deleted": (firm, one) => {
    if (firm.firm.cases.size > 1) firm.edit.remove("cases", idOf(firm, "cases", one), SILENT);
  },
  "a client is deleted": (firm, one) => {
    if (firm.firm.clients.size > 1) firm.edit.remove("clients", idOf(firm, "clients", one), SILENT);
  },
  "a staff member is deleted": (firm, one) => {
    if (firm.firm.staff.size > 1) firm.edit.remove("staff", idOf(firm, "staff", one));
  },
  "a group is deleted": (firm, one) => {
    if (firm.firm.people_groups.size > 1) firm.edit.remove("people_groups", idOf(firm, "people_groups", one));
  },
  "a stage is deleted": (firm, one) => {
    if (firm.firm.case_stages.size > 1) firm.edit.remove("case_stages", idOf(firm, "case_stages", one % 6));
  },
  "MyCase forgets to date an edit": (firm, one, other) => {
    const undated = { silent: true, keepUpdatedAt: true };
    firm.edit.update("cases", idOf(firm, "cases", one), { name: `Undated ${other}` }, undated);
    firm.edit.update("clients", idOf(firm, "clients", other), { last_name: `Undated ${one}` }, undated);
  },
};

/** Days of work at the firm, none of it announced by a webhook. */
export const visibleToPolls = schedules(EDITS);
export const visibleToNightlies = schedules({ ...EDITS, ...DELETIONS });

function schedules(deeds: Record<string, Deed>) {
  const step = fc.record({
    deed: fc.constantFrom(...Object.keys(deeds)),
    one: fc.nat({ max: 99 }),
    other: fc.nat({ max: 99 }),
    later: fc.constantFrom(0, 1, 60, 600),
  });
  return fc.array(step, { minLength: 1, maxLength: 20 });
}

export type Schedule = typeof visibleToPolls extends fc.Arbitrary<infer T> ? T : never;

export function perform(world: World & { clock: Clock }, schedule: Schedule): void {
  for (const { deed, one, other, later } of schedule) {
    world.clock.ms += later * 1000;
    const does = EDITS[deed] ?? DELETIONS[deed];
    if (!does) throw new Error(`nobody knows how to do this: ${deed}`);
    does(world.simulator, one, other);
  }
}

function of<T>(list: readonly T[], number: number): T {
  return list[number % list.length] as T;
}

function idOf(firm: Firm, name: CollectionName, number: number): number {
  return of([...firm.firm[name].keys()], number);
}

/** None, one or two of them. */
function idsOf(firm: Firm, name: CollectionName, number: number): number[] {
  return [...new Set([idOf(firm, name, number), idOf(firm, name, number + 1)])].slice(0, number % 3);
}
