import type { AnyRecord, CollectionName } from "../records.ts";
import { ApiError } from "./errors.ts";

type Test = (record: AnyRecord) => boolean;

const BY_FIELD: Partial<Record<CollectionName, string[]>> = {
  clients: ["email", "first_name", "last_name", "cell_phone_number", "work_phone_number", "home_phone_number"],
  leads: ["email", "first_name", "last_name", "cell_phone_number", "work_phone_number", "home_phone_number"],
  companies: ["name", "email", "main_phone_number", "fax_phone_number"],
};

/** The documented filters of a listing; `updated_after` is inclusive, and a filter that is not documented filters nothing. */
export function readFilters(collection: CollectionName, query: URLSearchParams): Test[] {
  const tests: Test[] = [];
  const since = query.get("filter[updated_after]");
  if (since !== null) {
    const floor = Date.parse(since);
    if (Number.isNaN(floor))
      throw new ApiError(400, "updated_after is no ISO 8601 date", { parameter: "filter[updated_after]" });
    tests.push((record) => Date.parse(record.updated_at) >= floor);
  }
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

function equals(name: string, wanted: string): Test {
  return (record) => field(record, name) === wanted;
}

function field(record: AnyRecord, name: string): unknown {
  return (record as unknown as Record<string, unknown>)[name];
}
