import type {
  ClientRecord,
  CompanyRecord,
  CustomFieldDefinition,
  LeadRecord,
  StaffRecord,
  Timestamps,
} from "../records.ts";
import { makeAddress, makeEmail, makePhones } from "./make-contact-details.ts";
import { makeFieldValues } from "./make-fields.ts";
import { madePhone } from "./phone-styles.ts";
import type { Random } from "./random.ts";
import { randomDate } from "./random-date.ts";
import { LEAD_STATUSES, type NamePools, STAFF_TITLES } from "./vocabulary.ts";

export interface Maker {
  random: Random;
  names: NamePools;
  stamps(): Timestamps;
}

function name({ random, names }: Maker) {
  return { first_name: random.pick(names.first), last_name: random.pick(names.last) };
}

/** A few cannot be read as a date. */
function birthdate({ random }: Maker): string {
  return random.chance(0.003) ? "0000-00-00" : randomDate(random, 1935, 70);
}

/** A person in MyCase's contacts. Most are in the group "Client", some in none. */
export function makeClient(
  maker: Maker,
  id: number,
  groupIds: number[],
  fields: CustomFieldDefinition[],
): ClientRecord {
  const { random } = maker;
  const who = name(maker);
  const group = random.chance(0.6) ? groupIds[0] : random.chance(0.85) ? random.pick(groupIds) : undefined;
  const stamps = maker.stamps();
  // What converting a lead leaves behind, when its email belongs to a client already.
  const duplicate = random.chance(0.005);
  if (duplicate) who.first_name = `Duplicate of ${who.first_name}`;
  return {
    id,
    ...who,
    ...(random.chance(0.1) ? { middle_name: random.pick(maker.names.first) } : {}),
    ...(!duplicate && random.chance(0.85) ? { email: makeEmail(maker, who.first_name, who.last_name, id) } : {}),
    ...makePhones(maker),
    ...(random.chance(0.03) ? { fax_phone_number: madePhone(random) } : {}),
    ...(random.chance(0.5) ? { address: makeAddress(maker) } : {}),
    ...(random.chance(0.7) ? { birthdate: birthdate(maker) } : {}),
    ...(random.chance(0.05) ? { notes: "Prefers to be called in the afternoon." } : {}),
    ...(group === undefined ? {} : { people_group: { id: group } }),
    archived: random.chance(0.03),
    cases: [],
    custom_field_values: makeFieldValues(random, fields, stamps),
    ...stamps,
  };
}

/** A member of the firm. The first is the one who agrees to connections, and is there to stay. */
export function makeStaff(maker: Maker, id: number, first: boolean): StaffRecord {
  const { random } = maker;
  const who = name(maker);
  const title = random.pick(STAFF_TITLES);
  return {
    id,
    ...who,
    email: makeEmail(maker, who.first_name, who.last_name, id),
    ...makePhones(maker),
    type: /Attorney|Partner/.test(title) ? "Attorney" : title === "Paralegal" ? "Paralegal" : "Staff",
    ...(first || random.chance(0.95) ? { title } : {}),
    active: first || random.chance(0.92),
    default_hourly_rate: 100 + 25 * random.below(16),
    ...maker.stamps(),
  };
}

export function makeLead(maker: Maker, id: number, fields: CustomFieldDefinition[]): LeadRecord {
  const { random } = maker;
  const who = name(maker);
  const stamps = maker.stamps();
  return {
    id,
    ...who,
    ...(random.chance(0.7) ? { email: makeEmail(maker, who.first_name, who.last_name, id) } : {}),
    ...makePhones(maker),
    ...(random.chance(0.3) ? { address: makeAddress(maker) } : {}),
    ...(random.chance(0.4) ? { birthdate: birthdate(maker) } : {}),
    ...(random.chance(0.5) ? { lead_details: "Called after seeing the advertisement." } : {}),
    status: random.pick(LEAD_STATUSES),
    approved: random.chance(0.2),
    custom_field_values: makeFieldValues(random, fields, stamps),
    ...stamps,
  };
}

export function makeCompany(
  maker: Maker,
  id: number,
  clientIds: number[],
  fields: CustomFieldDefinition[],
): CompanyRecord {
  const { random, names } = maker;
  const stamps = maker.stamps();
  return {
    id,
    name: random.pick(names.companies),
    ...(random.chance(0.4) ? { email: `office.${id}@example.com` } : {}),
    ...(random.chance(0.2) ? { website: `https://company-${id}.example.com` } : {}),
    ...(random.chance(0.5) ? { main_phone_number: madePhone(random) } : {}),
    ...(random.chance(0.2) ? { fax_phone_number: madePhone(random) } : {}),
    ...(random.chance(0.5) ? { address: makeAddress(maker) } : {}),
    archived: random.chance(0.02),
    cases: [],
    clients: random.chance(0.4) ? [{ id: random.pick(clientIds) }] : [],
    custom_field_values: makeFieldValues(random, fields, stamps),
    ...stamps,
  };
}
