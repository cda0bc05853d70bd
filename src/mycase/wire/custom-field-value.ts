import { z } from "zod";
import { listOf, reference } from "./lenient.ts";

/** One custom field's value on a record. The value's encoding (option text or key, dollars or cents) is not documented. */
const customFieldValueWire = z.object({
  custom_field: reference,
  value: z
    .union([z.string(), z.number(), z.boolean()])
    .nullish()
    .transform((value) => value ?? null),
});

/** A record's custom fields; a value that does not name its field is dropped. */
export const customFieldValuesWire = listOf(customFieldValueWire).transform((values) =>
  values.flatMap(({ custom_field: id, value }) => (id === null ? [] : [{ custom_field: { id }, value }])),
);

export type CustomFieldValue = z.output<typeof customFieldValuesWire>[number];
