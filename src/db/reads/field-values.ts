import type { Database } from "../database.ts";

/** One value of one field as seen on the firm's cases. `value` is as MyCase sent it. */
export interface SeenValue {
  field: string;
  value: string | number;
  /** `true`, `false`, `text`, `integer`, `real`: JSON's type of it. */
  type: string;
  count: number;
  sample_cases: number[];
}

const MOST_VALUES = 200; // of one field; a field with more is a name or a number, and nobody maps it
const STANDARD = ["practice_area", "case_stage", "status", "case_number", "name", "billing_type"];

/** Every value of the standard fields on the cases that MyCase returns, the frequent ones first. */
export async function standardValues({ d1 }: Database, org: string): Promise<SeenValue[]> {
  const statement = (path: string) =>
    d1
      .prepare(
        `SELECT json_extract(record, ?2) AS value, json_type(record, ?2) AS type, count(*) AS count, min(id) AS first, max(id) AS last
FROM mycase_cases WHERE org_id = ?1 AND state = 'present' AND json_extract(record, ?2) IS NOT NULL AND json_extract(record, ?2) <> ''
GROUP BY 1, 2 ORDER BY 3 DESC, 1 LIMIT ${MOST_VALUES}`,
      )
      .bind(org, path);
  const paths = [...STANDARD.map((name) => [name, `$.${name}`] as const), ["office", "$.office.name"] as const];
  const results = await d1.batch<Found>(paths.map(([, path]) => statement(path)));
  return results.flatMap(({ results: rows }, index) => rows.map((row) => seen(paths[index]?.[0] ?? "", row)));
}

/** Every value of the custom fields; the field is its id as text. */
export async function customValues({ d1 }: Database, org: string): Promise<SeenValue[]> {
  const { results } = await d1
    .prepare(
      `SELECT field, value, type, count, first, last FROM (
SELECT v.value ->> '$.custom_field.id' AS field, json_extract(v.value, '$.value') AS value, json_type(v.value, '$.value') AS type,
  count(*) AS count, min(c.id) AS first, max(c.id) AS last,
  row_number() OVER (PARTITION BY v.value ->> '$.custom_field.id' ORDER BY count(*) DESC) AS place
FROM mycase_cases c, json_each(c.record, '$.custom_field_values') v
WHERE c.org_id = ?1 AND c.state = 'present' AND json_extract(v.value, '$.value') IS NOT NULL
GROUP BY 1, 2, 3) WHERE place <= ${MOST_VALUES} ORDER BY field, count DESC`,
    )
    .bind(org)
    .all<Found & { field: number }>();
  return results.map((row) => seen(String(row.field), row));
}

/** How often a mapped field changed from one value to another, by the ledger: what a rename leaves behind. */
export async function valueChanges({ d1 }: Database, org: string, field: "practice_area" | "case_stage") {
  const { results } = await d1
    .prepare(
      `SELECT old_value, new_value, count(*) AS count FROM changes
WHERE org_id = ?1 AND entity = 'project' AND field = ?2 AND old_value IS NOT NULL AND new_value IS NOT NULL
GROUP BY 1, 2 ORDER BY 3 DESC LIMIT 500`,
    )
    .bind(org, field)
    .all<{ old_value: string; new_value: string; count: number }>();
  return results.map((row) => ({ old: JSON.parse(row.old_value), new: JSON.parse(row.new_value), count: row.count }));
}

interface Found {
  value: string | number;
  type: string;
  count: number;
  first: number;
  last: number;
}

function seen(field: string, { value, type, count, first, last }: Found): SeenValue {
  return { field, value, type, count, sample_cases: first === last ? [first] : [first, last] };
}
