/**
 * Records of a page that are new here, or that MyCase dates otherwise than when they were last read, and whose event
 * should have come by now. What changed without a new date, MyCase itself does not take for an update. `?1` the org,
 * `?2` the records as `{id, updated_at, hash}`, `?3` and `?4` the times between which an event may be on its way, `?5`
 * the read's ticket.
 */
const missed = (table: string) => `FROM json_each(?2) r
    LEFT JOIN ${table} m ON m.org_id = ?1 AND m.id = r.value ->> '$.id'
    WHERE (
        m.id IS NULL
        OR (m.ticket < ?5 AND m.hash <> r.value ->> '$.hash' AND m.updated_at IS NOT r.value ->> '$.updated_at')
      )
      AND coalesce(unixepoch(r.value ->> '$.updated_at'), 0) NOT BETWEEN unixepoch(?3) AND unixepoch(?4)`;

/** Adds them to the hour of their change; `?6` the model, `?7` what found them. */
export function insertMissed(table: string): string {
  return `INSERT INTO webhook_misses AS w (org_id, hour, model, found_by, missed)
    SELECT ?1, strftime('%Y-%m-%dT%H:00:00.000Z', coalesce(r.value ->> '$.updated_at', ?4)), ?6, ?7, count(*)
    ${missed(table)}
    GROUP BY 2
    ON CONFLICT (org_id, hour, model, found_by) DO UPDATE SET missed = w.missed + excluded.missed`;
}

export function countMissed(table: string): string {
  return `SELECT count(*) AS missed ${missed(table)}`;
}
