import type { SimulatorCore } from "../core.ts";
import type { CollectionName } from "../records.ts";
import { ApiError } from "./errors.ts";

type Fields = Record<string, unknown>;

/** The fields that a write must have. PUT takes the same body as POST. */
const REQUIRED: Partial<Record<CollectionName, string[]>> = {
  cases: ["name"],
  clients: ["first_name", "last_name"],
  companies: ["name"],
  leads: ["first_name", "last_name"],
  people_groups: ["name"],
  case_stages: ["name"],
  practice_areas: ["name"],
  custom_fields: ["name", "parent_type", "field_type"],
};

/** What only MyCase sets. */
const OWN = ["id", "created_at", "updated_at", "closed_date", "billing_type", "approved", "archived", "office"];

/** A write's body as fields to store, or the documented refusal. `id` is the record that it changes, if there is one. */
export function readWrite(core: SimulatorCore, name: CollectionName, body: Fields, id: number | null): Fields {
  for (const field of REQUIRED[name] ?? []) {
    if (typeof body[field] !== "string" || body[field].trim() === "") refuse(`${field} is required`, field);
  }
  const fields = Object.fromEntries(Object.entries(body).filter(([field]) => !OWN.includes(field)));
  if (name === "cases") return caseFields(core, fields, id);
  if (name === "clients" && taken(core.firm.clients, "email", fields.email, id)) refuse("The email is taken", "email");
  if (name === "leads") delete fields.status;
  if (name === "custom_fields") return customFieldFields(core, fields);
  return withValues(core, name, fields, id);
}

function caseFields(core: SimulatorCore, fields: Fields, id: number | null): Fields {
  const { firm } = core;
  if (taken(firm.cases, "name", fields.name, id)) refuse("A case of this name exists", "name");
  if (fields.contacts !== undefined && fields.clients !== undefined)
    refuse("contacts was replaced by clients", "contacts");
  if (fields.status !== undefined && fields.status !== "open" && fields.status !== "closed") {
    refuse("status is open or closed", "status");
  }
  for (const tied of ["clients", "companies", "staff"] as const) {
    const unknown = ((fields[tied] ?? []) as { id: number }[]).find((one) => !firm[tied].has(one.id));
    if (unknown) refuse(`${unknown.id} was not found`, tied);
  }
  // Documented: a name that is not known becomes blank, without a word.
  if (fields.case_stage !== undefined) fields.case_stage = knownAs(firm.case_stages, fields.case_stage);
  if (fields.practice_area !== undefined) fields.practice_area = knownAs(firm.practice_areas, fields.practice_area);
  if (fields.status === "closed") fields.closed_date = core.stamp().slice(0, 10);
  if (fields.status === "open") fields.closed_date = null;
  return withValues(core, "cases", fields, id);
}

/** Values of custom fields are added to those there are, doubles included: so an integrator found. */
function withValues(core: SimulatorCore, name: CollectionName, fields: Fields, id: number | null): Fields {
  if (!Array.isArray(fields.custom_field_values)) return fields;
  const at = core.stamp();
  const record = id === null ? undefined : (core.firm[name].get(id) as { custom_field_values?: object[] } | undefined);
  const added = fields.custom_field_values.map((value: object) => ({ ...value, created_at: at, updated_at: at }));
  return { ...fields, custom_field_values: [...(record?.custom_field_values ?? []), ...added] };
}

function customFieldFields(core: SimulatorCore, { list_options, ...fields }: Fields): Fields {
  if (fields.field_type !== "list") return fields;
  if (!Array.isArray(list_options) || list_options.length === 0) refuse("A list needs options", "list_options");
  const at = core.stamp();
  const options = (list_options as { option_value: string }[]).map(({ option_value }, index) => ({
    key: `opt_${index + 1}`,
    option: option_value,
    created_at: at,
    updated_at: at,
  }));
  return { ...fields, list_options: options };
}

function refuse(description: string, field: string): never {
  throw new ApiError(422, description, { pointer: `/${field}` });
}

function taken(records: Map<number, object>, field: string, value: unknown, but: number | null): boolean {
  if (value === undefined || value === null || value === "") return false;
  for (const [id, record] of records) if (id !== but && (record as Fields)[field] === value) return true;
  return false;
}

function knownAs(names: Map<number, { name: string }>, wanted: unknown): string | null {
  const text = String(wanted).toLowerCase();
  return [...names.values()].find((one) => one.name.toLowerCase() === text)?.name ?? null;
}
