import type { Faults } from "../faults.ts";
import type { AnyRecord, CollectionName, Collections } from "../records.ts";
import { ApiError } from "./errors.ts";

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

/** `field[client]` and `field[custom_field]`; a part that is not allowed is a 400. */
export function readSparse(query: URLSearchParams): Sparse {
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

/** A record as MyCase would send it. */
export function present(
  collection: CollectionName,
  record: AnyRecord,
  firm: Collections,
  sparse: Sparse,
  faults: Faults,
): Record<string, unknown> {
  const plain = { ...(record as unknown as Record<string, unknown>) };
  if (collection === "cases") presentCase(plain, firm, sparse);
  if (collection === "clients") plain.contact_group = groupName(firm, plain.people_group);
  if (!faults.shuffleArrays) return plain;
  for (const [name, value] of Object.entries(plain)) if (Array.isArray(value)) plain[name] = faults.shuffled(value);
  return plain;
}

function presentCase(plain: Record<string, unknown>, firm: Collections, sparse: Sparse): void {
  plain.clients = (plain.clients as { id: number }[]).map(({ id }) => {
    const client = firm.clients.get(id) as Record<string, unknown> | undefined;
    if (!client) return { id };
    const known: Record<string, unknown> = { ...client, contact_group: groupName(firm, client.people_group) };
    return Object.fromEntries(
      sparse.client.filter((name) => known[name] !== undefined).map((name) => [name, known[name]]),
    );
  });
  if (!sparse.customField.includes("field_type")) return;
  plain.custom_field_values = (plain.custom_field_values as { custom_field: { id: number } }[]).map((value) => ({
    ...value,
    custom_field: { ...value.custom_field, field_type: firm.custom_fields.get(value.custom_field.id)?.field_type },
  }));
}

function groupName(firm: Collections, group: unknown): string | undefined {
  return firm.people_groups.get((group as { id: number } | null | undefined)?.id ?? 0)?.name;
}
