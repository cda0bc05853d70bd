import type { CustomFieldDefinition, Timestamps } from "../records.ts";

type Row = [id: number, name: string, type: string, parent: string, options?: string[]];

/**
 * One field of every type on cases, and more than the 25 that a listing's first page holds, for firms have dozens.
 * Names repeat, and some fields hang on records other than cases: neither may mislead a mapping.
 */
const ROWS: Row[] = [
  [41, "Portal enabled", "boolean", "case"],
  [42, "Matter kind", "list", "case", ["Matter", "Lead", "Referral out"]],
  [43, "Claim number", "short_text", "case"],
  [44, "Summary for the client", "long_text", "case"],
  [45, "Injured passengers", "numeric", "case"],
  [46, "Date of loss", "date", "case"],
  [47, "Policy limit", "currency", "case"],
  [48, "Portal language", "list", "case", ["English", "Español", "中文"]],
  [49, "Preferred name", "short_text", "client"],
  [50, "Tax number", "short_text", "company"],
  [51, "Portal access", "list", "case", ["Yes", "No"]],
  [52, "Claim number", "short_text", "client"],
  [53, "Police report number", "short_text", "case"],
  [54, "Adjuster", "short_text", "case"],
  [55, "Court", "short_text", "case"],
  [56, "Docket number", "short_text", "case"],
  [57, "Medical specials", "currency", "case"],
  [58, "Lost wages", "currency", "case"],
  [59, "Settlement amount", "currency", "case"],
  [60, "Mediation date", "date", "case"],
  [61, "Trial date", "date", "case"],
  [62, "Demand date", "date", "case"],
  [63, "Insurance carrier", "short_text", "case"],
  [64, "Interpreter needed", "boolean", "case"],
  [65, "Vehicles involved", "numeric", "case"],
  [66, "Strategy notes", "long_text", "case"],
  [67, "Referred by", "short_text", "case"],
  [68, "Preferred contact", "list", "client", ["Phone", "Email", "Text"]],
  [69, "Invitation sent", "boolean", "client"],
  [70, "Receipt number", "short_text", "expense"],
  [71, "Task code", "short_text", "time"],
  [72, "Phase code", "short_text", "time_and_expense"],
];

/** The share of records that have a value. Most have the first ones; the many others are rarely filled in. */
export function shareWithValue(id: number): number {
  if (id === 41) return 0.95;
  return id <= 50 ? 0.6 : 0.04;
}

/** The firm's custom fields. */
export function fieldDefinitions(stamps: Timestamps): CustomFieldDefinition[] {
  return ROWS.map(([id, name, field_type, parent_type, options]) => ({
    id,
    name,
    parent_type,
    field_type,
    ...(options
      ? { list_options: options.map((option, index) => ({ key: `opt_${id}_${index + 1}`, option, ...stamps })) }
      : {}),
    ...stamps,
  }));
}
