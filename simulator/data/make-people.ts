import type { ClientRecord, CompanyRecord, LeadRecord, StaffRecord, Timestamps } from "../records.ts";
import { madePhone } from "./phone-styles.ts";
import type { Random } from "./random.ts";
import { LEAD_STATUSES, type NamePools, STAFF_TITLES } from "./vocabulary.ts";

export interface Maker {
  random: Random;
  names: NamePools;
  stamps(): Timestamps;
}

function name({ random, names }: Maker) {
  return { first_name: random.pick(names.first), last_name: random.pick(names.last) };
}

function email(first: string, last: string, id: number): string {
  return `${first}.${last}.${id}@example.com`.toLowerCase().replace(/[^a-z0-9.@]/g, "");
}

function phones({ random }: Maker) {
  return {
    ...(random.chance(0.75) ? { cell_phone_number: madePhone(random) } : {}),
    ...(random.chance(0.3) ? { work_phone_number: madePhone(random) } : {}),
    ...(random.chance(0.3) ? { home_phone_number: madePhone(random) } : {}),
  };
}

function birthdate({ random }: Maker): string {
  const two = (n: number) => String(n).padStart(2, "0");
  return `${1935 + random.below(70)}-${two(1 + random.below(12))}-${two(1 + random.below(28))}`;
}

/** A person in MyCase's contacts. Half of them are in the group "Client", some in none. */
export function makeClient(maker: Maker, id: number, groupIds: number[]): ClientRecord {
  const { random } = maker;
  const who = name(maker);
  const group = random.chance(0.6) ? groupIds[0] : random.chance(0.85) ? random.pick(groupIds) : undefined;
  return {
    id,
    ...who,
    ...(random.chance(0.85) ? { email: email(who.first_name, who.last_name, id) } : {}),
    ...phones(maker),
    ...(random.chance(0.7) ? { birthdate: birthdate(maker) } : {}),
    ...(group === undefined ? {} : { people_group: { id: group } }),
    archived: random.chance(0.03),
    cases: [],
    custom_field_values: [],
    ...maker.stamps(),
  };
}

export function makeStaff(maker: Maker, id: number): StaffRecord {
  const { random } = maker;
  const who = name(maker);
  return {
    id,
    ...who,
    email: email(who.first_name, who.last_name, id),
    ...phones(maker),
    type: random.pick(["Attorney", "Paralegal", "Staff"]),
    ...(random.chance(0.95) ? { title: random.pick(STAFF_TITLES) } : {}),
    active: random.chance(0.92),
    default_hourly_rate: 100 + 25 * random.below(16),
    ...maker.stamps(),
  };
}

export function makeLead(maker: Maker, id: number): LeadRecord {
  const { random } = maker;
  const who = name(maker);
  return {
    id,
    ...who,
    ...(random.chance(0.7) ? { email: email(who.first_name, who.last_name, id) } : {}),
    ...phones(maker),
    ...(random.chance(0.4) ? { birthdate: birthdate(maker) } : {}),
    status: random.pick(LEAD_STATUSES),
    approved: random.chance(0.2),
    custom_field_values: [],
    ...maker.stamps(),
  };
}

export function makeCompany(maker: Maker, id: number): CompanyRecord {
  const { random, names } = maker;
  return {
    id,
    name: random.pick(names.companies),
    ...(random.chance(0.5) ? { main_phone_number: madePhone(random) } : {}),
    archived: random.chance(0.02),
    cases: [],
    clients: [],
    custom_field_values: [],
    ...maker.stamps(),
  };
}
