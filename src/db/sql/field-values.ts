/** Of one field; one with more values is a name or a number, and nobody maps it. */
const MAX_VALUES = 200;

/** The standard fields whose values are counted; a case's name and number are its own. */
export const COUNTED_FIELDS = ["practice_area", "case_stage", "status", "billing_type", "office"] as const;

/** One walk over the cases, one parse of each: the fields by their place in `COUNTED_FIELDS`. */
const STANDARD = `WITH scanned AS MATERIALIZED (
    SELECT id AS case_id,
      json_extract(record, '$.practice_area', '$.case_stage', '$.status', '$.billing_type', '$.office.name') AS fields
    FROM mycase_cases WHERE org_id = ?1 AND state = 'present'
  ),
  seen AS (SELECT case_id, f.key AS field, f.atom AS value, f.type AS type FROM scanned, json_each(scanned.fields) f)`;

const CUSTOM = `WITH seen AS (
    SELECT c.id AS case_id, v.value ->> '$.custom_field.id' AS field, v.value ->> '$.value' AS value,
      json_type(v.value, '$.value') AS type
    FROM mycase_cases c, json_each(c.record, '$.custom_field_values') v
    WHERE c.org_id = ?1 AND c.state = 'present'
  )`;

/**
 * The most frequent values of each field, and how many it has. `?1` the org, `?2` the values that the mapping names, which
 * are given however rare they are. Of a field with about a value per case only those are given, and its most frequent one.
 */
function mostFrequent(seen: string): string {
  return `${seen},
  counted AS MATERIALIZED (
    SELECT field, value, type, count(*) AS count, min(case_id) AS first, max(case_id) AS last
    FROM seen WHERE value IS NOT NULL AND value <> ''
    GROUP BY field, value, type
  ),
  totals AS (SELECT field, count(*) AS distinct_values, sum(count) AS cases FROM counted GROUP BY field),
  ranked AS (
    SELECT counted.*, distinct_values, cases, row_number() OVER (PARTITION BY field ORDER BY count DESC, value) AS place
    FROM counted JOIN totals USING (field)
  )
  SELECT field, value, type, count, first, last, distinct_values FROM ranked
  WHERE place = 1
    OR value IN (SELECT value FROM json_each(?2))
    OR (place <= ${MAX_VALUES} AND (distinct_values <= ${MAX_VALUES} OR distinct_values * 2 <= cases))
  ORDER BY field, count DESC, value`;
}

export const STANDARD_VALUES = mostFrequent(STANDARD);
export const CUSTOM_VALUES = mostFrequent(CUSTOM);

/** How often a field went from one value to another among the org's latest entries: a rename is recent. `?1` the org. */
export const VALUE_CHANGES = `SELECT field, old_value, new_value, count(*) AS count FROM (
    SELECT entity, field, old_value, new_value FROM changes WHERE org_id = ?1 ORDER BY seq DESC LIMIT 20000
  )
  WHERE entity = 'project' AND field IN ('practice_area', 'case_stage') AND old_value IS NOT NULL AND new_value IS NOT NULL
  GROUP BY field, old_value, new_value ORDER BY count DESC LIMIT 500`;
