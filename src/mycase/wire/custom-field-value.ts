import { z } from "zod";
import { mycaseId } from "./lenient.ts";

/** One custom field's value on a record. The value's encoding (option text or key, dollars or cents) is not documented. */
export const customFieldValueWire = z.object({
  custom_field: z.object({ id: mycaseId }),
  value: z
    .union([z.string(), z.number(), z.boolean()])
    .nullish()
    .transform((value) => value ?? null),
});

export type CustomFieldValue = z.output<typeof customFieldValueWire>;
