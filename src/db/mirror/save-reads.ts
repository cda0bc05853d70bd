import { idsOf, type Read } from "../../domain/read.ts";
import { jsonChunks } from "../json-chunks.ts";
import {
  DELETE_CASE_PEOPLE,
  INSERT_CASE_PEOPLE,
  RAISE_CONFIG_VERSION,
  RAISE_FENCE,
  REMEMBER_OPTIONS,
  raiseFenceForUnseen,
  touchRecords,
  upsertAbsent,
  upsertRecords,
} from "../sql/mirror.ts";
import { MIRROR_TABLES } from "./mirror-tables.ts";

/** The statements that save one read in the mirror; the org's revision must have been raised in the same batch. */
export function saveReadsStatements(d1: D1Database, org: string, read: Read): D1PreparedStatement[] {
  const { model, ticket, at } = read;
  const table = MIRROR_TABLES[model];
  const ids = JSON.stringify(idsOf(read));
  const each = (sql: string, rows: object[]) =>
    jsonChunks(rows).map((json) => d1.prepare(sql).bind(org, json, ticket, model, at));
  const people = [DELETE_CASE_PEOPLE, INSERT_CASE_PEOPLE].map((sql) => d1.prepare(sql).bind(org, ids));
  const fence = d1.prepare(RAISE_FENCE).bind(org, model, ticket);
  const configVersion = RAISE_CONFIG_VERSION[model];
  const touch = d1.prepare(touchRecords(table)).bind(org, ids, ticket);
  const rows = read.records.map(({ id, updated_at, hash, record }) => ({ id, updated_at, hash, record }));
  const options = jsonChunks(rows).map((json) => d1.prepare(REMEMBER_OPTIONS).bind(org, json));
  return [
    ...each(upsertRecords(table), rows),
    ...(model === "custom_field" ? options : []),
    ...each(upsertAbsent(table), read.absent),
    ...(model === "case" ? people : []),
    ...(configVersion ? [d1.prepare(configVersion).bind(org)] : []),
    read.shape === "page" ? fence : touch,
  ];
}

/** To be run after the reads are saved; none for a read without a 404. */
export function fenceUnseenStatements(d1: D1Database, org: string, read: Read): D1PreparedStatement[] {
  const ids = read.absent.filter(({ state }) => state === "deleted").map(({ id }) => id);
  if (ids.length === 0) return [];
  const sql = raiseFenceForUnseen(MIRROR_TABLES[read.model]);
  return [d1.prepare(sql).bind(org, read.model, read.ticket, JSON.stringify(ids))];
}
