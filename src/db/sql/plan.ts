import { getTableName } from "drizzle-orm";
import type { SQLiteTable } from "drizzle-orm/sqlite-core";
import { REVISION } from "../org-clock.ts";
import { columnNames, keyOf } from "./columns.ts";

/**
 * Writes rows given as one JSON array of objects (`?2`) for one org (`?1`). A table with stamps gets the time (`?3`) and
 * the org's revision; all other columns come with the row.
 */
export function upsertSql(table: SQLiteTable): string {
  const names = columnNames(table);
  const key = keyOf(table);
  const updates = names.filter((name) => !key.includes(name)).map((name) => `${name} = excluded.${name}`);
  return `INSERT INTO ${getTableName(table)} (${names.join(", ")})
    SELECT ${names.map(sourceOf).join(", ")}
    FROM json_each(?2) r WHERE true
    ON CONFLICT (${key.join(", ")}) DO UPDATE SET ${updates.join(", ")}`;
}

function sourceOf(name: string): string {
  switch (name) {
    case "org_id":
      return "?1";
    case "version":
      return REVISION;
    case "synced_at":
      return "?3";
    default:
      return `r.value ->> '$.${name}'`;
  }
}

/** Removes rows of which `?2` gives the keys, as one JSON array of objects. */
export function deleteSql(table: SQLiteTable): string {
  const key = keyOf(table).filter((name) => name !== "org_id");
  return `DELETE FROM ${getTableName(table)}
    WHERE org_id = ?1 AND (${key.join(", ")}) IN (
      SELECT ${key.map((name) => `r.value ->> '$.${name}'`).join(", ")} FROM json_each(?2) r
    )`;
}

/** What is known of projects beside their synced columns, as `{case_id, mapping_version, mycase_updated_at}`. */
export const UPDATE_PROJECT_METADATA = `UPDATE projects AS p
  SET mapping_version = r.value ->> '$.mapping_version', mycase_updated_at = r.value ->> '$.mycase_updated_at'
  FROM json_each(?2) r
  WHERE p.org_id = ?1 AND p.case_id = r.value ->> '$.case_id'`;

/** Raises the revision of contacts given as client ids. */
export const TOUCH_CONTACTS = `UPDATE contacts SET version = ${REVISION}
  WHERE org_id = ?1 AND client_id IN (SELECT value FROM json_each(?2))`;

/** Raises the revision of projects given as case ids. */
export const TOUCH_PROJECTS = `UPDATE projects SET version = ${REVISION}
  WHERE org_id = ?1 AND case_id IN (SELECT value FROM json_each(?2))`;

/**
 * Ledger entries; their values are kept as JSON text, JSON's null as NULL. Their numbers have been taken before, by the
 * same transaction: an entry says how far it is from the end.
 */
export const INSERT_LEDGER = `INSERT INTO changes (org_id, seq, entity, entity_id, field, old_value, new_value, trigger, job_id, at)
  SELECT ?1, (SELECT ledger_seq FROM orgs WHERE id = ?1) - (r.value ->> '$.before_end'), r.value ->> '$.entity', r.value ->> '$.entity_id', r.value ->> '$.field',
    nullif(r.value -> '$.old', 'null'), nullif(r.value -> '$.new', 'null'), ?3, ?4, ?5
  FROM json_each(?2) r`;

/** What cases came to, as `{case_id, bucket, code}`. */
export const UPSERT_OUTCOMES = `INSERT INTO case_outcomes (org_id, case_id, bucket, code)
  SELECT ?1, r.value ->> '$.case_id', r.value ->> '$.bucket', r.value ->> '$.code'
  FROM json_each(?2) r WHERE true
  ON CONFLICT (org_id, case_id) DO UPDATE SET bucket = excluded.bucket, code = excluded.code`;
