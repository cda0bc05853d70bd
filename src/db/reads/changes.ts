import { and, asc, desc, eq, gt } from "drizzle-orm";
import type { Database } from "../database.ts";
import { changes } from "../schema/index.ts";

/** One entry of the field ledger; values as they were, not as text. */
export interface ChangeView {
  id: number;
  entity: string;
  entity_id: string;
  field: string;
  old_value: unknown;
  new_value: unknown;
  trigger: string;
  job_id: string | null;
  at: string;
}

/** The ledger as a feed, oldest first; `after` is the id of the last entry that has been read. */
export async function listChanges(
  { orm }: Database,
  org: string,
  filter: { entity?: string | undefined; entity_id?: string | undefined },
  page: { limit: number; after: number },
): Promise<{ data: ChangeView[]; next_cursor: string | null }> {
  const rows = await orm
    .select()
    .from(changes)
    .where(
      and(
        eq(changes.org_id, org),
        gt(changes.id, page.after),
        filter.entity === undefined ? undefined : eq(changes.entity, filter.entity),
        filter.entity_id === undefined ? undefined : eq(changes.entity_id, filter.entity_id),
      ),
    )
    .orderBy(asc(changes.id))
    .limit(page.limit + 1);
  const data = rows.slice(0, page.limit).map(asView);
  const last = data.at(-1);
  return { data, next_cursor: rows.length > page.limit && last ? String(last.id) : null };
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
    .orderBy(desc(changes.id))
    .limit(limit);
  return rows.map(asView);
}

function asView({ org_id: _, old_value, new_value, ...row }: typeof changes.$inferSelect): ChangeView {
  return {
    ...row,
    old_value: old_value === null ? null : JSON.parse(old_value),
    new_value: new_value === null ? null : JSON.parse(new_value),
  };
}
