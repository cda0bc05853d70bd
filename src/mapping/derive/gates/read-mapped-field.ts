import type { CaseRecord } from "../../../mycase/wire/case.ts";
import type { Context } from "../../context.ts";
import type { FieldReference } from "../../document/schema.ts";
import type { Gate, Value } from "../../outcome.ts";
import { type CustomFieldReadings, describeField, nameField, readField } from "../read-field.ts";

/** A usable case being judged. */
export interface Reading {
  context: Context;
  record: CaseRecord;
  custom: CustomFieldReadings;
}

/** The value of a mapped field, and how to report it. */
export function readMappedField(reading: Reading, reference: FieldReference): { field: Gate["field"]; value: Value } {
  return {
    field: describeField(reference, reading.context.config.customFields),
    value: readField(reading.record, reading.custom, reference),
  };
}

/** The mapped field as a sentence names it. */
export function nameOf(reading: Reading, reference: FieldReference): string {
  return nameField(reference, reading.context.config.customFields);
}
