import type { Model } from "../../domain/resources.ts";
import { REVISION } from "../org-clock.ts";
import { NESTED_ID } from "./nested-id.ts";

// `?1` the org, `?2` rows as JSON, `?3` the read's ticket, `?4` its model, `?5` when it ended.

/** A read that began before the fence may have been overtaken by one that left no trace in the rows. */
const NOT_FENCED = `?3 >= coalesce((SELECT f.ticket FROM read_fences f WHERE f.org_id = ?1 AND f.model = ?4), 0)`;

/** Nothing is saved for an org that is gone, or going. */
const LIVE_ORG = `(SELECT clock FROM orgs WHERE id = ?1 AND purging_at IS NULL) o`;

/** A row is replaced only by a read with a higher ticket, and only when its content differs. */
export function upsertRecords(table: string): string {
  return `INSERT INTO ${table} AS m (org_id, id, record, state, updated_at, hash, ticket, version, read_at, deleted_at)
    SELECT ?1, r.value ->> '$.id', r.value -> '$.record', 'present', r.value ->> '$.updated_at', r.value ->> '$.hash',
      ?3, o.clock, ?5, NULL
    FROM ${LIVE_ORG} CROSS JOIN json_each(?2) r WHERE ${NOT_FENCED}
    ON CONFLICT (org_id, id) DO UPDATE SET
      record = excluded.record, state = 'present', updated_at = excluded.updated_at, hash = excluded.hash,
      ticket = excluded.ticket, version = excluded.version, read_at = excluded.read_at, deleted_at = NULL
    WHERE excluded.ticket > m.ticket AND (excluded.hash <> m.hash OR m.state <> 'present')`;
}

/** A 404 for an id that was never seen and that no case names leaves no row: anybody can make up such an id. */
const IS_TRACKED = (table: string) => `(r.value ->> '$.state' <> 'deleted'
      OR EXISTS (SELECT 1 FROM ${table} k WHERE k.org_id = ?1 AND k.id = r.value ->> '$.id')
      OR EXISTS (SELECT 1 FROM mycase_case_people e
        WHERE e.org_id = ?1 AND e.kind = ?4 AND e.person_id = r.value ->> '$.id'))`;

/** What was known of an absent record stays; only its state changes. */
export function upsertAbsent(table: string): string {
  return `INSERT INTO ${table} AS m (org_id, id, record, state, updated_at, hash, ticket, version, read_at, deleted_at)
    SELECT ?1, r.value ->> '$.id', NULL, r.value ->> '$.state', NULL, '',
      ?3, o.clock, ?5, CASE r.value ->> '$.state' WHEN 'deleted' THEN ?5 END
    FROM ${LIVE_ORG} CROSS JOIN json_each(?2) r WHERE ${NOT_FENCED} AND ${IS_TRACKED(table)}
    ON CONFLICT (org_id, id) DO UPDATE SET
      state = excluded.state, ticket = excluded.ticket, version = excluded.version, read_at = excluded.read_at,
      deleted_at = excluded.deleted_at
    WHERE excluded.ticket > m.ticket AND excluded.state <> m.state`;
}

/** The cases in `?2` that this batch rewrote; the others keep the people they have. */
const REWRITTEN_CASES = `SELECT c.id, c.record FROM mycase_cases c
      WHERE c.org_id = ?1 AND c.id IN (SELECT value FROM json_each(?2)) AND c.version = ${REVISION} AND c.state = 'present'`;

export const DELETE_CASE_PEOPLE = `DELETE FROM mycase_case_people
  WHERE org_id = ?1 AND case_id IN (SELECT id FROM (${REWRITTEN_CASES}))
    AND NOT EXISTS (
      SELECT 1 FROM mycase_cases c, json_each(c.record, CASE kind WHEN 'client' THEN '$.clients' ELSE '$.staff' END) p
      WHERE c.org_id = ?1 AND c.id = case_id AND ${NESTED_ID} = person_id
    )`;

const PEOPLE_OF = (kind: "client" | "staff", list: string) => `SELECT ?1, '${kind}', ${NESTED_ID}, c.id
    FROM (${REWRITTEN_CASES}) c, json_each(c.record, '$.${list}') p
    WHERE ${NESTED_ID} > 0`;

export const INSERT_CASE_PEOPLE = `INSERT OR IGNORE INTO mycase_case_people (org_id, kind, person_id, case_id)
  ${PEOPLE_OF("client", "clients")}
  UNION ALL
  ${PEOPLE_OF("staff", "staff")}`;

/** The unchanged rows of a page keep their old ticket, at no cost; the fence stands for all of them. `?1` org, `?2` model, `?3` ticket. */
export const RAISE_FENCE = `INSERT INTO read_fences AS f (org_id, model, ticket) VALUES (?1, ?2, ?3)
  ON CONFLICT (org_id, model) DO UPDATE SET ticket = excluded.ticket WHERE excluded.ticket > f.ticket`;

/**
 * The fence for 404s that left no row: an older read that still shows such a record must be repeated. `?1` org,
 * `?2` model, `?3` ticket, `?4` the ids that were 404.
 */
export function raiseFenceForUnseen(table: string): string {
  return `INSERT INTO read_fences AS f (org_id, model, ticket)
    SELECT ?1, ?2, ?3 FROM json_each(?4) j
    WHERE NOT EXISTS (SELECT 1 FROM ${table} m WHERE m.org_id = ?1 AND m.id = j.value) LIMIT 1
    ON CONFLICT (org_id, model) DO UPDATE SET ticket = excluded.ticket WHERE excluded.ticket > f.ticket`;
}

/** `?1` org, `?2` custom fields as they were saved. */
export const REMEMBER_OPTIONS = `INSERT OR IGNORE INTO custom_field_options (org_id, field_id, key, option)
  SELECT ?1, r.value ->> '$.id', o.value ->> '$.key', o.value ->> '$.option'
  FROM json_each(?2) r, json_each(r.value, '$.record.list_options') o
  WHERE o.value ->> '$.key' IS NOT NULL AND o.value ->> '$.option' IS NOT NULL`;

export const IS_FENCED = `SELECT coalesce((SELECT ticket FROM read_fences WHERE org_id = ?1 AND model = ?2), 0) > ?3 AS stale`;

/** An unchanged record read by id remembers the read. `?2` ids, `?3` ticket. */
export function touchRecords(table: string): string {
  return `UPDATE ${table} SET ticket = ?3
    WHERE org_id = ?1 AND id IN (SELECT value FROM json_each(?2)) AND ticket < ?3`;
}

const raiseConfigVersion = (rewritten: string) => `UPDATE orgs SET config_version = clock
  WHERE id = ?1 AND EXISTS (SELECT 1 FROM ${rewritten} AND m.org_id = ?1 AND m.version = orgs.clock)`;

/** Of a firm's own lists derivation reads people groups and the custom fields of cases; run after they were rewritten. */
export const RAISE_CONFIG_VERSION: Partial<Record<Model, string>> = {
  people_group: raiseConfigVersion("mycase_people_groups m WHERE true"),
  custom_field: raiseConfigVersion(
    "mycase_custom_fields m WHERE coalesce(m.record ->> '$.parent_type', 'case') = 'case'",
  ),
};
