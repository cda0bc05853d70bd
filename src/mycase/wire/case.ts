import { z } from "zod";
import { customFieldValuesWire } from "./custom-field-value.ts";
import { flag, mycaseId, reference, referencesOf, text } from "./lenient.ts";

/** A client as nested in a case: `{id}` alone, unless the request asked for more with `field[client]`. */
const nestedClientWire = z.looseObject({ id: mycaseId });

const nestedStaffWire = z.object({ id: mycaseId, lead_lawyer: flag(false), originating_lawyer: flag(false) });

/** `CaseResponse` of the MyCase Open API, as far as it is used here. */
export const caseWire = z.object({
  id: mycaseId,
  name: text,
  case_number: text,
  opened_date: text,
  closed_date: text,
  practice_area: text,
  case_stage: text,
  status: text,
  billing_type: text,
  billing_contact: reference,
  clients: referencesOf(nestedClientWire),
  companies: referencesOf(z.object({ id: mycaseId })),
  staff: referencesOf(nestedStaffWire),
  custom_field_values: customFieldValuesWire,
  office: z
    .object({ name: text })
    .nullish()
    .transform((office) => office?.name ?? null),
  updated_at: text,
});

export type CaseRecord = z.output<typeof caseWire>;
export type NestedClient = z.output<typeof nestedClientWire>;

/**
 * The case without the nested fields that only a read with `field[...]` returns, so that its hash depends neither on
 * how it was requested nor on its clients.
 */
export function stableCaseFields(body: unknown): unknown {
  const record = body as { clients?: unknown; custom_field_values?: unknown };
  return {
    ...record,
    clients: mapEach(record.clients, (client) => ({ id: client.id })),
    custom_field_values: mapEach(record.custom_field_values, (value) => ({
      ...value,
      custom_field: { id: (value.custom_field as { id?: unknown } | null | undefined)?.id },
    })),
  };
}

function mapEach(list: unknown, transform: (item: Record<string, unknown>) => unknown): unknown {
  if (!Array.isArray(list)) return list;
  return list.map((item) => (typeof item === "object" && item !== null ? transform(item) : item));
}
