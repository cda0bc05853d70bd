import { z } from "zod";
import { listOf, mycaseId, text } from "./lenient.ts";

/** A named entry of a firm-defined list: people group, case stage, practice area, case role. */
export const namedWire = z.object({ id: mycaseId, name: text, updated_at: text });

/** `CustomFieldResponse`: a definition; `list_options` only for `field_type` "list". */
export const customFieldWire = z.object({
  id: mycaseId,
  name: text,
  parent_type: text,
  field_type: text,
  list_options: listOf(z.object({ key: text, option: text })),
  updated_at: text,
});

export type NamedRecord = z.output<typeof namedWire>;
export type CustomFieldRecord = z.output<typeof customFieldWire>;
