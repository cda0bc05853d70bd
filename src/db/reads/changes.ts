import { and, desc, eq } from "drizzle-orm";
import { err, ok, type Result } from "../../platform/result.ts";
import type { Database } from "../database.ts";
import { changes } from "../schema/index.ts";

/** One entry of the field ledger; values as they were, not as text. */
export interface ChangeView {
  seq: number;
  entity: string;
  entity_id: string;
  field: string;
  old_value: unknown;
  new_value: unknown;
  trigger: string;
  job_id: string | null;
  at: string;
}

export interface ChangeFilter {
  entity?: string | undefined;
  entity_id?: string | undefined;
  /** The case itself, its links, and the lead that it may be. */
  case_id?: number | undefined;
}

export interface ChangePage {
  data: ChangeView[];
  /** Where to go on; given on an empty page too. */
  next_cursor: string;
  /** Whether nothing that matches comes after it yet. */
  up_to_date: boolean;
}

/** A cursor that would skip entries: those after it are gone, or it is none that was given out. */
export type CursorRefusal =
  | { code: "cursor_too_old"; lowest: number }
  | { code: "cursor_from_the_future"; highest: number };

const MAX_SCANNED_ENTRIES = 5_000; // of one page whose filter has no index

const COLUMNS = "seq, entity, entity_id, field, old_value, new_value, trigger, job_id, at";

const ENDS = `SELECT ledger_seq AS last, (SELECT min(seq) FROM changes WHERE org_id = ?1) AS first FROM orgs WHERE id = ?1`;

const IN_ORDER = `SELECT ${COLUMNS} FROM changes
  WHERE org_id = ?1 AND seq > ?2 AND seq <= ?2 + ${MAX_SCANNED_ENTRIES} AND (?3 IS NULL OR entity = ?3)
  ORDER BY seq LIMIT ?4`;

// `+seq` leaves the index of rows as the only one: the one of numbers would walk through the whole ledger.
const OF_ROW = `SELECT ${COLUMNS} FROM changes
  WHERE org_id = ?1 AND entity_id = ?5 AND +seq > ?2 AND (?3 IS NULL OR entity = ?3)
  ORDER BY +seq LIMIT ?4`;

const OF_CASE = `SELECT * FROM (
    SELECT ${COLUMNS} FROM changes WHERE org_id = ?1 AND entity_id = ?5 AND +seq > ?2 AND entity = 'project'
    UNION ALL
    SELECT ${COLUMNS} FROM changes WHERE org_id = ?1 AND entity_id = 'case:' || ?5 AND +seq > ?2
    UNION ALL
    SELECT ${COLUMNS} FROM changes WHERE org_id = ?1 AND entity_id > ?5 || ':' AND entity_id < ?5 || ';' AND +seq > ?2
  ) WHERE (?3 IS NULL OR entity = ?3) ORDER BY seq LIMIT ?4`;

/** The ledger as a feed, oldest first; `after` is the `seq` of the last entry that has been read. */
export async function listChanges(
  { d1 }: Database,
  org: string,
  { entity, entity_id, case_id }: ChangeFilter,
  { after, limit }: { after: number; limit: number },
): Promise<Result<ChangePage, CursorRefusal>> {
  const id = case_id ?? entity_id;
  const sql = case_id !== undefined ? OF_CASE : entity_id !== undefined ? OF_ROW : IN_ORDER;
  const values = [org, after, entity ?? null, limit + 1, ...(id === undefined ? [] : [String(id)])];
  const [ends, entries] = await d1.batch<Record<string, unknown>>([
    d1.prepare(ENDS).bind(org),
    d1.prepare(sql).bind(...values),
  ]);
  const { last, first } = (ends?.results[0] ?? { last: 0, first: null }) as { last: number; first: number | null };
  const lowest = first === null ? last : first - 1;
  if (after > last) return err({ code: "cursor_from_the_future", highest: last });
  if (after < lowest) return err({ code: "cursor_too_old", lowest });
  const rows = (entries?.results ?? []) as StoredChange[];
  const data = rows.slice(0, limit).map(asView);
  const looked = id === undefined ? Math.min(last, after + MAX_SCANNED_ENTRIES) : last;
  const isFull = rows.length > limit;
  const next = isFull ? (data.at(-1)?.seq ?? after) : looked;
  return ok({ data, next_cursor: String(next), up_to_date: !isFull && looked === last });
}

/** The `seq` of the org's last entry: one row read, for whoever waits. */
export async function lastSeq({ d1 }: Database, org: string): Promise<number> {
  const last = await d1.prepare("SELECT ledger_seq FROM orgs WHERE id = ?1").bind(org).first<number>("ledger_seq");
  return last ?? 0;
}

/** The last changes of one row, newest first. */
export async function lastChanges(
  { orm }: Database,
  org: string,
  entity: string,
  entityId: string,
  limit: number,
): Promise<ChangeView[]> {
  const rows = await orm
    .select()
    .from(changes)
    .where(and(eq(changes.org_id, org), eq(changes.entity, entity), eq(changes.entity_id, entityId)))
    .orderBy(desc(changes.seq))
    .limit(limit);
  return rows.map(({ org_id: _, ...row }) => asView(row));
}

type StoredChange = Omit<typeof changes.$inferSelect, "org_id">;

function asView({ old_value, new_value, ...row }: StoredChange): ChangeView {
  return {
    ...row,
    old_value: old_value === null ? null : JSON.parse(old_value),
    new_value: new_value === null ? null : JSON.parse(new_value),
  };
}
