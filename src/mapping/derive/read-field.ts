import type { CaseRecord } from "../../mycase/wire/case.ts";
import type { CustomFieldRecord } from "../../mycase/wire/lists.ts";
import type { FieldReference, StandardField } from "../document/schema.ts";
import type { Gate, Value } from "../outcome.ts";
import { presentText } from "../values.ts";

type Definitions = ReadonlyMap<number, CustomFieldRecord>;
type Present = Exclude<Value, null>;

/** The custom field values of one case, without the blank ones; list values as option text (R21). */
export interface CustomFieldReadings {
  values: ReadonlyMap<number, Present>;
  /** Fields that MyCase gave two different values of; the first in text order was taken. */
  repeated: number[];
}

const optionTexts = new WeakMap<CustomFieldRecord, ReadonlyMap<string, string>>();

// MyCase may deliver a list value as its option text or as its key; a text that is also another option's key is a text.
function optionTextsOf(definition: CustomFieldRecord): ReadonlyMap<string, string> {
  const cached = optionTexts.get(definition);
  if (cached !== undefined) return cached;
  const texts = new Map<string, string>();
  for (const { key, option } of definition.list_options) {
    if (key === null || option === null) continue;
    const rival = texts.get(key);
    if (rival === undefined || option < rival) texts.set(key, option);
  }
  for (const { option } of definition.list_options) if (option !== null) texts.set(option, option);
  optionTexts.set(definition, texts);
  return texts;
}

function readValue(value: Value, definition: CustomFieldRecord | undefined): Value {
  if (value === null || (typeof value === "string" && presentText(value) === null)) return null;
  if (definition === undefined || definition.list_options.length === 0) return value;
  return optionTextsOf(definition).get(String(value)) ?? value;
}

function comesBefore(a: Present, b: Present): boolean {
  const [left, right] = [`${a} ${typeof a}`, `${b} ${typeof b}`];
  return left < right;
}

/** Reads all custom field values of a case in one pass, whatever their order. */
export function readCustomFields(record: CaseRecord, definitions: Definitions): CustomFieldReadings {
  const values = new Map<number, Present>();
  const repeated = new Set<number>();
  for (const { custom_field, value } of record.custom_field_values) {
    const read = readValue(value, definitions.get(custom_field.id));
    if (read === null) continue;
    const previous = values.get(custom_field.id);
    if (previous !== undefined && previous !== read) repeated.add(custom_field.id);
    if (previous === undefined || comesBefore(read, previous)) values.set(custom_field.id, read);
  }
  return { values, repeated: [...repeated].sort((a, b) => a - b) };
}

/** The value of a mapped field of a case; null when it is blank or missing. */
export function readField(record: CaseRecord, custom: CustomFieldReadings, reference: FieldReference): Value {
  if (reference.custom_field_id !== undefined) return custom.values.get(reference.custom_field_id) ?? null;
  return reference.field === undefined ? null : presentText(record[reference.field]);
}

/** The field as a gate reports it: custom fields with their present name. */
export function describeField(reference: FieldReference, definitions: Definitions): Gate["field"] {
  if (reference.custom_field_id === undefined) return { field: reference.field ?? "" };
  const id = reference.custom_field_id;
  return { custom_field_id: id, name: definitions.get(id)?.name ?? null };
}

const labels: Record<StandardField, string> = {
  practice_area: "practice area",
  case_stage: "case stage",
  status: "status",
  case_number: "case number",
  name: "name",
  billing_type: "billing type",
  office: "office",
};

/** The field as a sentence names it. */
export function nameField(reference: FieldReference, definitions: Definitions): string {
  if (reference.custom_field_id === undefined) return reference.field === undefined ? "" : labels[reference.field];
  const name = definitions.get(reference.custom_field_id)?.name ?? null;
  return name === null ? `custom field ${reference.custom_field_id}` : `custom field "${name}"`;
}
