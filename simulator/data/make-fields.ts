import type { CustomFieldDefinition, CustomFieldValueRecord, Timestamps } from "../records.ts";
import { shareWithValue } from "./field-definitions.ts";
import type { Random } from "./random.ts";
import { randomDate } from "./random-date.ts";

/** Values of those fields that the record has; `fields` are the fields of its kind. */
export function makeFieldValues(
  random: Random,
  fields: CustomFieldDefinition[],
  stamps: Timestamps,
): CustomFieldValueRecord[] {
  const values: CustomFieldValueRecord[] = [];
  for (const field of fields) {
    if (!random.chance(shareWithValue(field.id))) continue;
    values.push({ custom_field: { id: field.id }, value: makeValue(random, field), ...stamps });
  }
  return values;
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
      return random.chance(0.8) ? 1000 * random.below(500) : random.below(5_000_000) / 100;
    case "date":
      return randomDate(random, 2020, 6);
    default:
      return `${field.name} ${random.below(100000)}`;
  }
}
