import { timestamp } from "../data/make-firm.ts";
import type { AnyRecord, CollectionName } from "../records.ts";
import { ApiError } from "./errors.ts";

export type Test = (record: AnyRecord) => boolean;

const BY_FIELD: Partial<Record<CollectionName, string[]>> = {
  clients: ["email", "first_name", "last_name", "cell_phone_number", "work_phone_number", "home_phone_number"],
  leads: ["email", "first_name", "last_name", "cell_phone_number", "work_phone_number", "home_phone_number"],
  companies: ["name", "email", "main_phone_number", "fax_phone_number"],
};

/** The documented filters of a listing; a filter that is not documented filters nothing. */
export function readFilters(collection: CollectionName, query: URLSearchParams): Test[] {
  const tests: Test[] = [];
  const since = query.get("filter[updated_after]");
  if (since !== null) tests.push(updatedSince(since));
  const status = query.get("filter[status]");
  if (status !== null && collection === "cases") tests.push(equals("status", status));
  if (status !== null && collection === "staff")
    tests.push((record) => field(record, "active") === (status === "active"));
  for (const name of BY_FIELD[collection] ?? []) {
    const wanted = query.get(`filter[${name}]`);
    if (wanted !== null) tests.push(equals(name, wanted));
  }
  return tests;
}

const ISO_8601 = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?$/;

/** Inclusive, as documented; a time without an offset is UTC, as documented too. */
function updatedSince(text: string): Test {
  const match = ISO_8601.exec(text.replace(" ", "+")); // a "+" that was not escaped arrives as a space
  const offsetMissing = text.includes("T") && match?.[1] === undefined;
  const floor = match ? Date.parse(match[0] + (offsetMissing ? "Z" : "")) : Number.NaN;
  if (Number.isNaN(floor)) {
    throw new ApiError(400, "updated_after must be an ISO 8601 date", { parameter: "filter[updated_after]" });
  }
  const floorText = timestamp(Math.ceil(floor / 1000) * 1000);
  // Times to the second compare as text: a hundred thousand of them are not parsed for every page.
  const { length } = floorText;
  return ({ updated_at }) =>
    updated_at.length === length && updated_at.endsWith("Z")
      ? updated_at >= floorText
      : Date.parse(updated_at) >= floor;
}

function equals(name: string, wanted: string): Test {
  return (record) => field(record, name) === wanted;
}

function field(record: AnyRecord, name: string): unknown {
  return (record as unknown as Record<string, unknown>)[name];
}
