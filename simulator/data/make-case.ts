import type { CaseRecord, Collections, CustomFieldDefinition } from "../records.ts";
import { makeFieldValues } from "./make-fields.ts";
import type { Maker } from "./make-people.ts";
import { daysLater, randomDate } from "./random-date.ts";
import { BILLING_TYPES, CASE_STAGES, DESCRIPTIONS, OFFICES, PRACTICE_AREAS } from "./vocabulary.ts";

/** What a new case may be tied to. */
export interface RelatedRecords {
  clientIds: number[];
  staffIds: number[];
  companyIds: number[];
  fields: CustomFieldDefinition[];
}

/** A case in progress, or closed; shared clients, companies that pay, blank and repeated numbers. */
export function makeCase(maker: Maker, id: number, related: RelatedRecords): CaseRecord {
  const { random } = maker;
  const closed = random.chance(0.08);
  const stamps = maker.stamps();
  const clients = distinct(random.chance(0.03) ? 0 : 1 + random.below(3), () => random.pick(related.clientIds));
  const companies = related.companyIds.length > 0 && random.chance(0.15) ? [random.pick(related.companyIds)] : [];
  const payer = companies[0] !== undefined && random.chance(0.5) ? companies[0] : clients[0];
  const opened = randomDate(random, 2020, 5);
  return {
    id,
    name: makeName(maker, id),
    case_number: makeNumber(maker),
    description: random.chance(0.4) ? random.pick(DESCRIPTIONS) : "",
    opened_date: random.chance(0.04) ? null : opened,
    closed_date: closed ? daysLater(opened, 30 + random.below(300)) : null,
    sol_date: random.chance(0.3) ? randomDate(random, 2026, 3) : null,
    practice_area: random.pick(PRACTICE_AREAS),
    case_stage: random.chance(0.05) ? null : random.pick(CASE_STAGES),
    status: closed ? "closed" : "open",
    outstanding_balance: random.chance(0.7) ? random.below(20000) : random.below(2_000_000) / 100,
    ...(payer !== undefined && random.chance(0.7) ? { billing_contact: { id: payer } } : {}),
    billing_type: random.pick(BILLING_TYPES),
    clients: clients.map((client) => ({ id: client })),
    companies: companies.map((company) => ({ id: company })),
    staff: makeTeam(maker, related.staffIds),
    custom_field_values: makeFieldValues(random, related.fields, stamps),
    ...(random.chance(0.6) ? { office: { id: 1 + random.below(OFFICES.length), name: random.pick(OFFICES) } } : {}),
    ...stamps,
  };
}

/** The reverse side of each case's relationships, as MyCase shows it on clients and companies. */
export function tieBack(collections: Collections): void {
  for (const record of collections.cases.values()) {
    for (const { id } of record.clients) collections.clients.get(id)?.cases.push({ id: record.id });
    for (const { id } of record.companies) collections.companies.get(id)?.cases.push({ id: record.id });
  }
}

/** Names are unique in a firm: the id makes them so. */
function makeName({ random, names }: Maker, id: number): string {
  const last = random.pick(names.last);
  const roll = random.next();
  if (roll < 0.5) return `${last} v. ${random.pick(names.last)} (${id})`;
  if (roll < 0.7) return `In re ${last} (${id})`;
  if (roll < 0.8) return `Estate of ${random.pick(names.first)} ${last} (${id})`;
  return `${last}, ${random.pick(names.first)} (${id})`;
}

/** The firm's own number: often blank, and nothing keeps two cases from having the same. */
function makeNumber({ random }: Maker): string | null {
  const roll = random.next();
  if (roll < 0.1) return null;
  if (roll < 0.11) return "";
  const number = roll < 0.14 ? random.below(20) : random.below(90000);
  return `${2018 + random.below(8)}-${String(number).padStart(5, "0")}`;
}

/** Neither flag is required, and both may be the same person's. */
function makeTeam({ random }: Maker, staffIds: number[]): CaseRecord["staff"] {
  const lead = random.chance(0.92);
  return distinct(1 + random.below(3), () => random.pick(staffIds)).map((id, index, all) => ({
    id,
    lead_lawyer: lead && index === 0,
    originating_lawyer: index === all.length - 1,
    case_rate: random.chance(0.2) ? `${150 + 25 * random.below(10)}.00` : null,
  }));
}

function distinct(count: number, draw: () => number): number[] {
  const drawn = new Set<number>();
  for (let tries = 0; drawn.size < count && tries < 10 * count; tries++) drawn.add(draw());
  return [...drawn];
}
