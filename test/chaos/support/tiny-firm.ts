import type { CaseRecord, CollectionName } from "../../../simulator/records.ts";
import type { Simulator } from "../../../simulator/simulator.ts";
import type { Dice } from "./dice.ts";

export const AREAS = ["Personal Injury", "Family Law", "Immigration", "Odd matter"];
export const STAGES = ["Intake", "Discovery", "Settlement", "Odd stage"];
export const TITLES = ["Attorney", "Partner", "Paralegal", "Associate Attorney"];
export const GROUPS = [1, 2, 3];
/** A boolean, a list, a text. */
export const FIELDS = { enabled: 41, kind: 42, text: 43 };
export const CLIENTS = [1, 2, 3, 4, 5];
export const STAFF = [11, 12, 13, 14];
export const CASES = [100, 101, 102, 103, 104, 105, 106, 107];

const SILENT = { silent: true };
const KEPT: Partial<Record<CollectionName, (id: number) => boolean>> = {
  people_groups: (id) => GROUPS.includes(id),
  case_stages: (id) => id <= 2,
  practice_areas: (id) => id <= 3,
  custom_fields: (id) => Object.values(FIELDS).includes(id),
  staff: () => false,
  clients: () => false,
  leads: () => false,
  companies: () => false,
};

/** A firm of a few cases, in which the same people and values meet again and again. */
export function fillTinyFirm({ core, edit }: Simulator, dice: Dice): void {
  for (const [name, keeps] of Object.entries(KEPT) as [CollectionName, (id: number) => boolean][]) {
    for (const id of [...core.firm[name].keys()]) if (!keeps(id)) edit.remove(name, id, SILENT);
  }
  for (const id of CLIENTS) edit.create("clients", { id, ...person(dice, id) }, SILENT);
  for (const id of STAFF) edit.create("staff", { id, ...person(dice, id), title: dice.pick(TITLES) }, SILENT);
  edit.create("companies", { id: 51, name: "Payer Inc." }, SILENT);
  edit.create("leads", { id: 61, first_name: "Lea", last_name: "Dee", email: "lea@example.com" }, SILENT);
  for (const id of dice.shuffled(CASES).slice(0, dice.from(3, 6))) edit.create("cases", caseOf(dice, id), SILENT);
}

/** A case as this firm has them. */
export function caseOf(dice: Dice, id: number): Partial<CaseRecord> {
  return {
    id,
    name: `Case ${id}`,
    case_number: dice.chance(0.2) ? null : `N-${id}`,
    practice_area: dice.pick(AREAS),
    case_stage: dice.pick(STAGES),
    clients: dice
      .shuffled(CLIENTS)
      .slice(0, dice.from(0, 3))
      .map((client) => ({ id: client })),
    staff: dice
      .shuffled(STAFF)
      .slice(0, dice.from(0, 2))
      .map((staff) => staffOn(dice, staff)),
    companies: dice.chance(0.2) ? [{ id: 51 }] : [],
    custom_field_values: [],
  };
}

export function staffOn(dice: Dice, id: number): CaseRecord["staff"][number] {
  return { id, lead_lawyer: dice.chance(0.5), originating_lawyer: dice.chance(0.5), case_rate: null };
}

function person(dice: Dice, id: number) {
  return {
    first_name: dice.pick(["Ada", "Ben", "Zoë"]),
    last_name: `Nr ${id}`,
    email: dice.chance(0.8) ? `p${id}@example.com` : "",
    cell_phone_number: dice.chance(0.5) ? `(212) 555-01${10 + id}` : "",
    ...(id < 10 && dice.chance(0.7) ? { people_group: { id: dice.pick(GROUPS) } } : {}),
  };
}
