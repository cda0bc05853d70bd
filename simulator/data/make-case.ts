import type { CaseRecord, Collections, CustomFieldDefinition } from "../records.ts";
import { makeFieldValues } from "./make-fields.ts";
import type { Maker } from "./make-people.ts";
import { BILLING_TYPES, CASE_STAGES, OFFICES, PRACTICE_AREAS } from "./vocabulary.ts";

/** What a new case may be tied to. */
export interface CaseTies {
  clientIds: number[];
  staffIds: number[];
  companyIds: number[];
  fields: CustomFieldDefinition[];
}

/** A case in progress, or closed; shared clients, companies that pay, blank and repeated numbers. */
export function makeCase(maker: Maker, id: number, ties: CaseTies): CaseRecord {
  const { random, names } = maker;
  const closed = random.chance(0.08);
  const stamps = maker.stamps();
  const clients = distinct(random.chance(0.03) ? 0 : 1 + random.below(3), () => random.pick(ties.clientIds));
  const companies = ties.companyIds.length > 0 && random.chance(0.15) ? [random.pick(ties.companyIds)] : [];
  const staff = distinct(1 + random.below(3), () => random.pick(ties.staffIds));
  const payer = companies[0] !== undefined && random.chance(0.5) ? companies[0] : clients[0];
  return {
    id,
    name: `${random.pick(names.last)} v. ${random.pick(names.last)} (${id})`,
    case_number: random.chance(0.1)
      ? null
      : `${2018 + random.below(8)}-${String(random.below(90000)).padStart(5, "0")}`,
    description: "",
    opened_date: `202${random.below(6)}-0${1 + random.below(9)}-1${random.below(10)}`,
    closed_date: closed ? "2026-03-01" : null,
    sol_date: random.chance(0.3) ? `2027-0${1 + random.below(9)}-01` : null,
    practice_area: random.pick(PRACTICE_AREAS),
    case_stage: random.chance(0.05) ? null : random.pick(CASE_STAGES),
    status: closed ? "closed" : "open",
    outstanding_balance: random.below(20000),
    ...(payer !== undefined && random.chance(0.7) ? { billing_contact: { id: payer } } : {}),
    billing_type: random.pick(BILLING_TYPES),
    clients: clients.map((client) => ({ id: client })),
    companies: companies.map((company) => ({ id: company })),
    staff: staff.map((member, index) => ({
      id: member,
      lead_lawyer: index === 0,
      originating_lawyer: index === staff.length - 1,
      case_rate: null,
    })),
    custom_field_values: makeFieldValues(random, ties.fields, stamps),
    ...(random.chance(0.6) ? { office: { id: 1 + random.below(OFFICES.length), name: random.pick(OFFICES) } } : {}),
    ...stamps,
  };
}

/** The other end of each case's ties, as MyCase shows it on clients and companies. */
export function tieBack(collections: Collections): void {
  for (const record of collections.cases.values()) {
    for (const { id } of record.clients) collections.clients.get(id)?.cases.push({ id: record.id });
    for (const { id } of record.companies) collections.companies.get(id)?.cases.push({ id: record.id });
  }
}

function distinct(count: number, draw: () => number): number[] {
  const drawn = new Set<number>();
  for (let tries = 0; drawn.size < count && tries < 10 * count; tries++) drawn.add(draw());
  return [...drawn];
}
