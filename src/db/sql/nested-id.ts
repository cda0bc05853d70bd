/** The id inside the JSON array's element `p`, which MyCase may send as text; null for what holds no id. */
export const NESTED_ID = `CASE WHEN p.type = 'object' AND CAST(p.value ->> 'id' AS TEXT) = CAST(CAST(p.value ->> 'id' AS INTEGER) AS TEXT)
  THEN CAST(p.value ->> 'id' AS INTEGER) END`;
