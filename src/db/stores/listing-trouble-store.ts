import { and, eq, inArray, ne, sql } from "drizzle-orm";
import type { Model } from "../../domain/resources.ts";
import type { Run } from "../../domain/run.ts";
import type { Database } from "../database.ts";
import { listingTroubles } from "../schema/index.ts";

type TroubleKind = typeof listingTroubles.$inferSelect.kind;

/** A listing that cannot be relied on; `runs` says how many runs in a row met that. */
export type ListingTrouble = Pick<
  typeof listingTroubles.$inferSelect,
  "model" | "kind" | "runs" | "detail" | "first_at"
>;

export type ListingTroubleStore = ReturnType<typeof createListingTroubleStore>;

export function createListingTroubleStore({ orm }: Database) {
  return {
    /** Safe to repeat: a run counts once. */
    async note(
      run: Pick<Run, "org" | "id">,
      { model, kind, detail }: { model: Model; kind: TroubleKind; detail: string },
      now: Date,
    ): Promise<void> {
      await orm
        .insert(listingTroubles)
        .values({ org_id: run.org, model, kind, run_id: run.id, detail, first_at: now.toISOString() })
        .onConflictDoUpdate({
          target: [listingTroubles.org_id, listingTroubles.model, listingTroubles.kind],
          set: {
            runs: sql`${listingTroubles.runs} + (${listingTroubles.run_id} <> excluded.run_id)`,
            run_id: run.id,
            detail,
          },
        });
    },

    /** Forgets troubles of these kinds that the run, which has ended well, did not meet. */
    async forgetOthers(run: Pick<Run, "org" | "id">, kinds: readonly TroubleKind[]): Promise<void> {
      await orm
        .delete(listingTroubles)
        .where(
          and(
            eq(listingTroubles.org_id, run.org),
            inArray(listingTroubles.kind, [...kinds]),
            ne(listingTroubles.run_id, run.id),
          ),
        );
    },

    /** The troubles of each org that has any. */
    async list(orgs: string[]): Promise<Map<string, ListingTrouble[]>> {
      const { org_id, model, kind, runs, detail, first_at } = listingTroubles;
      const rows = await orm
        .select({ org_id, model, kind, runs, detail, first_at })
        .from(listingTroubles)
        .where(sql`${org_id} IN (SELECT value FROM json_each(${JSON.stringify(orgs)}))`)
        .orderBy(model);
      return Map.groupBy(rows, (row) => row.org_id);
    },
  };
}
