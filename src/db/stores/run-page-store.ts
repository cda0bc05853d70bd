import { and, eq } from "drizzle-orm";
import type { DeletableModel, Model } from "../../domain/resources.ts";
import type { Run } from "../../domain/run.ts";
import type { Database } from "../database.ts";
import { MIRROR_TABLES } from "../mirror/mirror-tables.ts";
import { runPages } from "../schema/index.ts";

type RunRef = Pick<Run, "org" | "id">;

/** A record that a complete listing did not show; `refused` when MyCase answered 403 the last time. */
export interface MissingRecord {
  id: number;
  refused: boolean;
}

const LISTED = `SELECT j.value FROM run_pages p, json_each(p.ids) j
  WHERE p.org_id = ?1 AND p.run_id = ?2 AND p.model = ?3`;

/** `?4` the id after which to go on, `?5` how many refused records may be asked for, `?6` how many to give. */
const missingSql = (table: string) => `
  WITH missing AS (
    SELECT id, state, ticket FROM ${table} WHERE org_id = ?1 AND id NOT IN (${LISTED})
  )
  SELECT id, refused FROM (
    SELECT id, 0 AS refused FROM missing WHERE state IN ('present', 'malformed', 'unreadable')
    UNION ALL
    SELECT id, 1 AS refused FROM (
      SELECT id FROM missing WHERE state = 'not_visible'
        AND ticket < (SELECT min(ticket) FROM run_pages WHERE org_id = ?1 AND run_id = ?2 AND model = ?3)
      ORDER BY ticket LIMIT ?5)
  ) WHERE id > ?4 ORDER BY id LIMIT ?6`;

export type RunPageStore = ReturnType<typeof createRunPageStore>;

/** What the listings of open runs have shown, page by page. */
export function createRunPageStore({ orm, d1 }: Database) {
  return {
    /** Keeps the ids of one page; a page that is read again replaces what it was. */
    async save(run: RunRef, model: Model, page: { page: number; ids: number[]; ticket: number }): Promise<void> {
      await orm
        .insert(runPages)
        .values({ org_id: run.org, run_id: run.id, model, ...page })
        .onConflictDoUpdate({
          target: [runPages.org_id, runPages.run_id, runPages.model, runPages.page],
          set: { ids: page.ids, ticket: page.ticket },
        });
    },

    /** How many distinct ids the listing has shown. */
    async countListed(run: RunRef, model: Model): Promise<number> {
      const row = await d1
        .prepare(`SELECT count(DISTINCT value) AS n FROM (${LISTED})`)
        .bind(run.org, run.id, model)
        .first<{ n: number }>();
      return row?.n ?? 0;
    },

    /**
     * Records that MyCase may still have and the listing did not show, by ascending id after `after`; of those that it
     * refused, the `maxRefused` that have not been asked for the longest.
     */
    async missing(
      run: RunRef,
      model: DeletableModel,
      { after, maxRefused, limit }: { after: number; maxRefused: number; limit: number },
    ): Promise<MissingRecord[]> {
      const { results } = await d1
        .prepare(missingSql(MIRROR_TABLES[model]))
        .bind(run.org, run.id, model, after, maxRefused, limit)
        .all<{ id: number; refused: number }>();
      return results.map(({ id, refused }) => ({ id, refused: refused === 1 }));
    },

    /** Forgets what a listing has shown. */
    async clear(run: RunRef, model: Model): Promise<void> {
      await orm
        .delete(runPages)
        .where(and(eq(runPages.org_id, run.org), eq(runPages.run_id, run.id), eq(runPages.model, model)));
    },
  };
}
