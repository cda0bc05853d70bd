import type { Database } from "../database.ts";
import { COUNTED_FIELDS, CUSTOM_VALUES, STANDARD_VALUES, VALUE_CHANGES } from "../sql/field-values.ts";

/** One value of one field as seen on the org's cases. `value` is as MyCase sent it. */
export interface SeenValue {
  /** A standard field's name, or a custom field's id as text. */
  field: string;
  value: string | number;
  /** `true`, `false`, `text`, `integer`, `real`: JSON's type of it. */
  type: string;
  count: number;
  sample_cases: number[];
}

/** That so many cases went from one value of a standard field to another. */
export interface ValueChange {
  field: string;
  old: unknown;
  new: unknown;
  count: number;
}

export interface SeenValues {
  values: SeenValue[];
  /** How many values each field has, of which the most frequent are given. */
  distinct: Map<string, number>;
  changes: ValueChange[];
}

interface Row {
  field: number;
  value: string | number;
  type: string;
  count: number;
  first: number;
  last: number;
  distinct_values: number;
}

interface ChangeRow {
  field: string;
  old_value: string;
  new_value: string;
  count: number;
}

/** The org's revision, which rises with everything that is written for it. */
export async function readRevision({ d1 }: Database, org: string): Promise<number> {
  const row = await d1.prepare("SELECT clock FROM orgs WHERE id = ?1").bind(org).first<{ clock: number }>();
  return row?.clock ?? 0;
}

/** The values of the mappable fields on the cases that MyCase returns; the `mapped` ones however rare they are. */
export async function readSeenValues({ d1 }: Database, org: string, mapped: string[]): Promise<SeenValues> {
  const named = JSON.stringify(mapped);
  const counts = [STANDARD_VALUES, CUSTOM_VALUES].map((statement) => d1.prepare(statement).bind(org, named));
  const [[standard, custom], changes] = await Promise.all([
    d1.batch<Row>(counts),
    d1.prepare(VALUE_CHANGES).bind(org).all<ChangeRow>(),
  ]);
  const rows = [
    ...(standard?.results ?? []).map((row) => ({ ...row, field: COUNTED_FIELDS[row.field] ?? "" })),
    ...(custom?.results ?? []).map((row) => ({ ...row, field: String(row.field) })),
  ];
  return {
    values: rows.map(seenValue),
    distinct: new Map(rows.map((row) => [row.field, row.distinct_values])),
    changes: changes.results.map(({ field, old_value, new_value, count }) => ({
      field,
      old: JSON.parse(old_value),
      new: JSON.parse(new_value),
      count,
    })),
  };
}

function seenValue({ field, value, type, count, first, last }: Omit<Row, "field"> & { field: string }): SeenValue {
  return { field, value, type, count, sample_cases: first === last ? [first] : [first, last] };
}
