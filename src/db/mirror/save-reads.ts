import type { AbsentRecord, Read, ReadRecord } from "../../domain/read.ts";
import { isListModel } from "../../domain/resources.ts";
import { jsonChunks } from "../json-chunks.ts";
import { MIRROR_TABLES } from "./mirror-tables.ts";
import { NESTED_ID } from "./nested-id.ts";

/** A read that began before this may have been overtaken by one that left no trace in the rows. */
const NOT_FENCED = "?3 >= coalesce((SELECT f.ticket FROM read_fences f WHERE f.org_id = ?1 AND f.model = ?4), 0)";
const CLOCK = "(SELECT clock FROM orgs WHERE id = ?1)";

/**
 * The statements that keep one read in the mirror (org's clock already raised in the same batch): a row is replaced
 * only by a read with a higher ticket, and only when its content differs.
 */
export function saveReadsStatements(d1: D1Database, org: string, read: Read): D1PreparedStatement[] {
  const statements = jsonChunks(read.records.map(asTuple)).flatMap((json) => [
    d1.prepare(upsertSql(MIRROR_TABLES[read.model])).bind(org, json, read.ticket, read.model, read.at),
  ]);
  for (const json of jsonChunks(read.absent.map((gap: AbsentRecord) => [gap.id, gap.state]))) {
    statements.push(d1.prepare(gapSql(MIRROR_TABLES[read.model])).bind(org, json, read.ticket, read.model, read.at));
  }
  const ids = JSON.stringify([...read.records, ...read.absent].map((one) => one.id));
  if (read.model === "case") statements.push(...edgeStatements(d1, org, ids));
  if (isListModel(read.model)) statements.push(configStatement(d1, org, read));
  statements.push(read.shape === "page" ? fenceStatement(d1, org, read) : touchStatement(d1, org, read, ids));
  return statements;
}

function asTuple(one: ReadRecord): unknown[] {
  return [one.id, one.record, one.updated_at, one.hash];
}

function upsertSql(table: string): string {
  return `INSERT INTO ${table} AS m (org_id, id, record, state, updated_at, hash, ticket, version, read_at, deleted_at)
SELECT ?1, r.value ->> 0, r.value -> 1, 'present', r.value ->> 2, r.value ->> 3, ?3, ${CLOCK}, ?5, NULL
FROM json_each(?2) r WHERE ${NOT_FENCED}
ON CONFLICT (org_id, id) DO UPDATE SET record = excluded.record, state = 'present', updated_at = excluded.updated_at,
  hash = excluded.hash, ticket = excluded.ticket, version = excluded.version, read_at = excluded.read_at, deleted_at = NULL
WHERE excluded.ticket > m.ticket AND (excluded.hash <> m.hash OR m.state <> 'present')`;
}

/** What was known of the record stays; only its state changes. */
function gapSql(table: string): string {
  return `INSERT INTO ${table} AS m (org_id, id, record, state, updated_at, hash, ticket, version, read_at, deleted_at)
SELECT ?1, r.value ->> 0, NULL, r.value ->> 1, NULL, '', ?3, ${CLOCK}, ?5, CASE r.value ->> 1 WHEN 'deleted' THEN ?5 END
FROM json_each(?2) r WHERE ${NOT_FENCED}
ON CONFLICT (org_id, id) DO UPDATE SET state = excluded.state, ticket = excluded.ticket, version = excluded.version,
  read_at = excluded.read_at, deleted_at = excluded.deleted_at
WHERE excluded.ticket > m.ticket AND excluded.state <> m.state`;
}

/** Who is on the cases just rewritten. `version` tells those from the ones that this read left alone. */
function edgeStatements(d1: D1Database, org: string, ids: string): D1PreparedStatement[] {
  const rewritten = `FROM mycase_cases c WHERE c.org_id = ?1 AND c.id IN (SELECT value FROM json_each(?2)) AND c.version = ${CLOCK}`;
  const people = (kind: "client" | "staff", list: string) =>
    `SELECT ?1, '${kind}', ${NESTED_ID}, c.id FROM mycase_cases c, json_each(c.record, '$.${list}') p
WHERE c.org_id = ?1 AND c.id IN (SELECT value FROM json_each(?2)) AND c.version = ${CLOCK}
AND c.state = 'present' AND ${NESTED_ID} > 0`;
  return [
    d1
      .prepare(
        `DELETE FROM mycase_case_people WHERE org_id = ?1 AND case_id IN (SELECT c.id ${rewritten} AND c.state = 'present')
AND NOT EXISTS (SELECT 1 FROM mycase_cases c, json_each(c.record, CASE kind WHEN 'client' THEN '$.clients' ELSE '$.staff' END) p
WHERE c.org_id = ?1 AND c.id = case_id AND ${NESTED_ID} = person_id)`,
      )
      .bind(org, ids),
    d1
      .prepare(
        `INSERT OR IGNORE INTO mycase_case_people (org_id, kind, person_id, case_id)
${people("client", "clients")} UNION ALL ${people("staff", "staff")}`,
      )
      .bind(org, ids),
  ];
}

/** What derivation is told has changed when a row of the firm's own lists was rewritten in this batch. */
function configStatement(d1: D1Database, org: string, read: Read): D1PreparedStatement {
  return d1
    .prepare(
      `UPDATE orgs SET config_version = clock WHERE id = ?1
AND EXISTS (SELECT 1 FROM ${MIRROR_TABLES[read.model]} m WHERE m.org_id = ?1 AND m.version = orgs.clock)`,
    )
    .bind(org);
}

/** The unchanged rows of a page keep their old ticket, at no cost; the fence stands for all of them. */
function fenceStatement(d1: D1Database, org: string, read: Read): D1PreparedStatement {
  return d1
    .prepare(
      `INSERT INTO read_fences AS f (org_id, model, ticket) VALUES (?1, ?2, ?3)
ON CONFLICT (org_id, model) DO UPDATE SET ticket = excluded.ticket WHERE excluded.ticket > f.ticket`,
    )
    .bind(org, read.model, read.ticket);
}

/** An unchanged record read by id remembers the read. */
function touchStatement(d1: D1Database, org: string, read: Read, ids: string): D1PreparedStatement {
  return d1
    .prepare(
      `UPDATE ${MIRROR_TABLES[read.model]} SET ticket = ?3
WHERE org_id = ?1 AND id IN (SELECT value FROM json_each(?2)) AND ticket < ?3`,
    )
    .bind(org, ids, read.ticket);
}
