import type { AnyRecord, Collections, NamedRecord } from "../records.ts";
import { fieldDefinitions } from "./field-definitions.ts";
import { makeCase, tieBack } from "./make-case.ts";
import { type Maker, makeClient, makeCompany, makeLead, makeStaff } from "./make-people.ts";
import { createRandom } from "./random.ts";
import { CASE_ROLES, CASE_STAGES, namePools, PEOPLE_GROUPS, PRACTICE_AREAS } from "./vocabulary.ts";

/** Where the ids of each collection begin; cases have eight digits, as seen in real firms. */
const FIRST_ID = { cases: 20_000_001, clients: 30_000_001, staff: 501, leads: 70_001, companies: 90_001 };

const DAY_MS = 86_400_000;

/** A whole firm for a seed: the same options give the same records. Last changed over the month before `now` (ms). */
export function makeFirm(options: { cases: number; seed: number; now: number }): Collections {
  const random = createRandom(options.seed);
  const stamps = () => ({
    created_at: timestamp(options.now - (31 + random.below(1500)) * DAY_MS),
    updated_at: timestamp(options.now - 60_000 - random.below(30 * DAY_MS)),
  });
  const maker: Maker = { random, names: namePools(options.seed), stamps };
  const named = (names: string[]) =>
    collect(names.map((name, index): NamedRecord => ({ id: index + 1, name, ...stamps() })));
  const many = <T extends AnyRecord>(count: number, first: number, make: (id: number) => T) =>
    collect(Array.from({ length: count }, (_, index) => make(first + index)));
  const share = (part: number, least: number) => Math.max(least, Math.round(options.cases * part));

  const people_groups = named(PEOPLE_GROUPS);
  const groupIds = [...people_groups.keys()];
  const custom_fields = collect(fieldDefinitions(stamps()));
  const fieldsOf = (parent: string) => [...custom_fields.values()].filter((field) => field.parent_type === parent);
  const clientFields = fieldsOf("client"); // leads have those of clients, as documented
  const companyFields = fieldsOf("company");

  const clients = many(share(1.3, 3), FIRST_ID.clients, (id) => makeClient(maker, id, groupIds, clientFields));
  const clientIds = [...clients.keys()];
  const staff = many(Math.max(6, Math.round(Math.sqrt(options.cases) * 1.5)), FIRST_ID.staff, (id) =>
    makeStaff(maker, id, id === FIRST_ID.staff),
  );
  const companies = many(share(0.08, 2), FIRST_ID.companies, (id) => makeCompany(maker, id, clientIds, companyFields));
  const leads = many(share(0.15, 2), FIRST_ID.leads, (id) => makeLead(maker, id, clientFields));
  const related = {
    clientIds,
    staffIds: [...staff.keys()],
    companyIds: [...companies.keys()],
    fields: fieldsOf("case"),
  };
  const firm: Collections = {
    cases: many(options.cases, FIRST_ID.cases, (id) => makeCase(maker, id, related)),
    clients,
    staff,
    leads,
    companies,
    people_groups,
    case_stages: named(CASE_STAGES),
    practice_areas: named(PRACTICE_AREAS),
    case_roles: named(CASE_ROLES),
    custom_fields,
  };
  tieBack(firm);
  return firm;
}

/** ISO 8601 UTC to the second, as MyCase's examples show. */
export function timestamp(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d{3}Z$/, "Z");
}

function collect<T extends { id: number }>(records: T[]): Map<number, T> {
  return new Map(records.map((record) => [record.id, record]));
}
