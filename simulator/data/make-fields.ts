import type { CustomFieldDefinition, CustomFieldValueRecord, Timestamps } from "../records.ts";
import type { Random } from "./random.ts";

/** The firm's custom fields: one of every type on cases, and some on other records, which must not be mapped. */
export function makeFields(stamps: Timestamps): CustomFieldDefinition[] {
  const field = (id: number, name: string, field_type: string, parent_type = "case"): CustomFieldDefinition => ({
    id,
    name,
    parent_type,
    field_type,
    ...stamps,
  });
  const list = (id: number, name: string, options: string[]): CustomFieldDefinition => ({
    ...field(id, name, "list"),
    list_options: options.map((option, index) => ({ key: `opt_${id}_${index + 1}`, option, ...stamps })),
  });
  return [
    field(41, "Portal enabled", "boolean"),
    list(42, "Matter kind", ["Matter", "Lead", "Referral out"]),
    field(43, "Claim number", "short_text"),
    field(44, "Summary for the client", "long_text"),
    field(45, "Injured passengers", "numeric"),
    field(46, "Date of loss", "date"),
    field(47, "Policy limit", "currency"),
    list(48, "Portal language", ["English", "Español", "中文"]),
    field(49, "Preferred name", "short_text", "client"),
    field(50, "Tax number", "short_text", "company"),
  ];
}

/** Values for one case; most cases have most fields. */
export function makeFieldValues(
  random: Random,
  fields: CustomFieldDefinition[],
  stamps: Timestamps,
): CustomFieldValueRecord[] {
  return fields
    .filter((field) => field.parent_type === "case" && random.chance(field.id === 41 ? 0.95 : 0.6))
    .map((field) => ({ custom_field: { id: field.id }, value: makeValue(random, field), ...stamps }));
}

function makeValue(random: Random, field: CustomFieldDefinition): string | number | boolean {
  switch (field.field_type) {
    case "boolean":
      return random.chance(0.94);
    case "list":
      return random.chance(0.9)
        ? (field.list_options?.[0]?.option ?? "")
        : random.pick(field.list_options ?? []).option;
    case "numeric":
      return random.below(6);
    case "currency":
      return 1000 * random.below(500);
    case "date":
      return `202${random.below(6)}-0${1 + random.below(9)}-1${random.below(10)}`;
    default:
      return `${field.name} ${random.below(100000)}`;
  }
}
