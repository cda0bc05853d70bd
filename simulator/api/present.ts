import type { SimulatorCore } from "../core.ts";
import type { AnyRecord, CollectionName, Collections, CustomFieldValueRecord } from "../records.ts";
import { ApiError } from "./errors.ts";

type Id = { id: number };

const FIRST_MADE_CASE = 20_000_001;

const CLIENT_FIELDS = new Set([
  "id",
  "first_name",
  "last_name",
  "middle_initial",
  "middle_name",
  "email",
  "cell_phone_number",
  "work_phone_number",
  "home_phone_number",
  "fax_phone_number",
  "contact_group",
  "birthdate",
  "created_at",
  "updated_at",
]);
const CUSTOM_FIELD_FIELDS = new Set(["id", "field_type"]);

/** How a request wants its cases: which parts of the nested clients and custom fields. */
export interface Sparse {
  client: string[];
  customField: string[];
}

const NOTHING_MORE: Sparse = { client: ["id"], customField: ["id"] };

/** `field[client]` and `field[custom_field]`, which only cases know; a part that is not allowed is a 400. */
export function readSparse(collection: CollectionName, query: URLSearchParams): Sparse {
  if (collection !== "cases") return NOTHING_MORE;
  return {
    client: parts(query, "field[client]", CLIENT_FIELDS),
    customField: parts(query, "field[custom_field]", CUSTOM_FIELD_FIELDS),
  };
}

function parts(query: URLSearchParams, parameter: string, allowed: ReadonlySet<string>): string[] {
  const names = query.get(parameter)?.split(",") ?? ["id"];
  const wrong = names.find((name) => !allowed.has(name));
  if (wrong !== undefined) throw new ApiError(400, `${wrong} cannot be asked for`, { parameter });
  return names.includes("id") ? names : ["id", ...names];
}

type Plain = Record<string, unknown>;

/** A record as MyCase would send it. */
export function present(core: SimulatorCore, collection: CollectionName, record: AnyRecord, sparse: Sparse): Plain {
  const { firm, faults } = core;
  const plain: Plain = { ...(record as unknown as Plain) };
  if (collection === "cases") plain.clients = (plain.clients as Id[]).map(({ id }) => nested(firm, id, sparse.client));
  if (collection === "clients") plain.contact_group = groupName(firm, plain.people_group);
  if (Array.isArray(plain.custom_field_values)) {
    plain.custom_field_values = plain.custom_field_values.map((value) => presentValue(core, value, sparse.customField));
  }
  if (collection === "cases" && isScant(record.id)) dropBlanks(plain);
  if (!faults.shuffleArrays) return plain;
  for (const [name, value] of Object.entries(plain)) if (Array.isArray(value)) plain[name] = faults.shuffled(value);
  return plain;
}

function nested(firm: Collections, id: number, names: string[]): Plain {
  const client = firm.clients.get(id) as Plain | undefined;
  if (!client || names.length === 1) return { id };
  const known: Plain = { ...client, contact_group: groupName(firm, client.people_group) };
  return Object.fromEntries(names.filter((name) => known[name] !== undefined).map((name) => [name, known[name]]));
}

function presentValue(core: SimulatorCore, held: CustomFieldValueRecord, names: string[]): CustomFieldValueRecord {
  if (names.length === 1 && core.listValue === "option") return held;
  const field = core.firm.custom_fields.get(held.custom_field.id);
  const option = core.listValue === "key" ? field?.list_options?.find((one) => one.option === held.value) : undefined;
  const custom_field =
    names.includes("field_type") && field ? { ...held.custom_field, field_type: field.field_type } : held.custom_field;
  return { ...held, custom_field, value: option?.key ?? held.value };
}

/** Every fortieth case of the made-up firm: no field of a response is documented as one that is always there. */
function isScant(id: number): boolean {
  return id >= FIRST_MADE_CASE && id % 40 === 0;
}

function dropBlanks(plain: Plain): void {
  for (const [name, value] of Object.entries(plain)) {
    if (value === null || value === "" || (Array.isArray(value) && value.length === 0)) delete plain[name];
  }
}

function groupName(firm: Collections, group: unknown): string | undefined {
  return firm.people_groups.get((group as Id | null | undefined)?.id ?? 0)?.name;
}
