import type { Columns } from "../facts/columns.ts";

const CLOCK = "(SELECT clock FROM orgs WHERE id = ?1)";

/**
 * Writes rows given as one JSON array of arrays (`?2`) for one org (`?1`). `stamps` names columns beyond the synced ones
 * that come with the row; unless it is null the row is stamped with the time (`?3`) and the org's clock.
 */
export function upsertSql(table: string, columns: Columns, key: string, stamps: string[] | null = []): string {
  const given = [...Object.keys(columns), ...(stamps ?? [])];
  const stamped = stamps === null ? [] : ["synced_at", "version"];
  const values = [...given.map((_, index) => `r.value ->> ${index}`), ...(stamps === null ? [] : ["?3", CLOCK])];
  const keys = new Set(key.split(", "));
  const updates = [...given, ...stamped].filter((name) => !keys.has(name)).map((name) => `${name} = excluded.${name}`);
  return `INSERT INTO ${table} (org_id, ${[...given, ...stamped].join(", ")})
SELECT ?1, ${values.join(", ")} FROM json_each(?2) r WHERE true
ON CONFLICT (org_id, ${key}) DO UPDATE SET ${updates.join(", ")}`;
}

/** Removes links given as `[case_id, person_id]`. */
export function deleteLinksSql(table: string, person: string): string {
  return `DELETE FROM ${table} WHERE org_id = ?1
AND (case_id, ${person}) IN (SELECT r.value ->> 0, r.value ->> 1 FROM json_each(?2) r)`;
}

/** Bookkeeping of projects that did not change otherwise, as case ids: the mapping's version (`?3`) and the record's date. */
export const touchProjectsRevisionSql = `UPDATE projects SET mapping_version = ?3,
  mycase_updated_at = (SELECT m.updated_at FROM mycase_cases m WHERE m.org_id = ?1 AND m.id = projects.case_id)
WHERE org_id = ?1 AND case_id IN (SELECT value FROM json_each(?2))`;

/** Raises the stamp of contacts given as client ids. */
export const touchContactsRevisionSql = `UPDATE contacts SET version = ${CLOCK}
WHERE org_id = ?1 AND client_id IN (SELECT value FROM json_each(?2))`;

/** Raises the stamp of projects given as case ids. */
export const bumpProjectsRevisionSql = `UPDATE projects SET version = ${CLOCK}
WHERE org_id = ?1 AND case_id IN (SELECT value FROM json_each(?2))`;

/** Ledger entries as `[entity, entity_id, field, old, new]`, values as JSON text. */
export const insertLedgerSql = `INSERT INTO changes (org_id, entity, entity_id, field, old_value, new_value, trigger, job_id, at)
SELECT ?1, r.value ->> 0, r.value ->> 1, r.value ->> 2, r.value ->> 3, r.value ->> 4, ?3, ?4, ?5 FROM json_each(?2) r`;

/** What cases came to, as `[case_id, bucket, code]`. */
export const upsertOutcomesSql = `INSERT INTO case_outcomes (org_id, case_id, bucket, code)
SELECT ?1, r.value ->> 0, r.value ->> 1, r.value ->> 2 FROM json_each(?2) r WHERE true
ON CONFLICT (org_id, case_id) DO UPDATE SET bucket = excluded.bucket, code = excluded.code`;
