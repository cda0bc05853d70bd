import { present } from "../../../simulator/api/present.ts";
import type { CollectionName } from "../../../simulator/records.ts";
import { caseWire } from "../../../src/mycase/wire/case.ts";
import { clientWire } from "../../../src/mycase/wire/client.ts";
import { companyWire } from "../../../src/mycase/wire/company.ts";
import { leadWire } from "../../../src/mycase/wire/lead.ts";
import { customFieldWire, namedWire } from "../../../src/mycase/wire/lists.ts";
import { staffWire } from "../../../src/mycase/wire/staff.ts";
import type { ChaosWorld } from "./chaos-world.ts";

const PLAIN = { client: ["id"], customField: ["id"] };

/** Where a kind of record is held, and how it is read. */
export const KINDS = {
  case: { collection: "cases", wire: caseWire },
  client: { collection: "clients", wire: clientWire },
  staff: { collection: "staff", wire: staffWire },
  lead: { collection: "leads", wire: leadWire },
  company: { collection: "companies", wire: companyWire },
  people_group: { collection: "people_groups", wire: namedWire },
  custom_field: { collection: "custom_fields", wire: customFieldWire },
} as const satisfies Record<string, { collection: CollectionName; wire: unknown }>;

export type Kind = keyof typeof KINDS;

export const GONE = "gone";

export function keyOf(model: string, id: number): string {
  return `${model}:${id}`;
}

/** A record as MyCase would send it now, as canonical text; `gone` when there is none. */
export function recordNow({ simulator }: Pick<ChaosWorld, "simulator">, model: string, id: number): string {
  const { collection } = KINDS[model as Kind];
  const record = simulator.firm[collection].get(id);
  return record ? canonical(model, present(simulator.core, collection, record, PLAIN)) : GONE;
}

/** The usable part of a record as text, the same for a record read by id and for one from a listing, in any order. */
export function canonical(model: string, record: unknown): string {
  const parsed = KINDS[model as Kind].wire.parse(record) as Record<string, unknown>;
  const clients = Array.isArray(parsed.clients) ? { clients: parsed.clients.map(({ id }) => ({ id })) } : {};
  return JSON.stringify(sorted({ ...parsed, ...clients }));
}

function sorted(value: Record<string, unknown>): Record<string, unknown> {
  const entries = Object.entries(value).map(([name, item]) => [
    name,
    Array.isArray(item) ? item.map((element) => JSON.stringify(element)).sort() : item,
  ]);
  return Object.fromEntries(entries);
}
