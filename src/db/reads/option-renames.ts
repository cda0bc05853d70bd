import type { Database } from "../database.ts";

const OPTION_RENAMES = `SELECT o.field_id AS field, o.option AS old, n.value ->> '$.option' AS new
  FROM custom_field_options o
  JOIN mycase_custom_fields f ON f.org_id = o.org_id AND f.id = o.field_id
  JOIN json_each(f.record, '$.list_options') n ON n.value ->> '$.key' = o.key
  WHERE o.org_id = ?1 AND n.value ->> '$.option' <> o.option`;

/** Options of custom list fields that were renamed: the same key, another text. */
export async function readOptionRenames({ d1 }: Database, org: string) {
  const { results } = await d1.prepare(OPTION_RENAMES).bind(org).all<{ field: number; old: string; new: string }>();
  return results.map((row) => ({ ...row, field: String(row.field) }));
}
