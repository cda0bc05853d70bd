import { and, eq, sql } from "drizzle-orm";
import type { Model } from "../../domain/resources.ts";
import type { Database } from "../database.ts";
import { pollCursors } from "../schema/index.ts";

/** Up to where each kind of record is known to be saved: ISO 8601 UTC. */
export interface PollCursorStore {
  get(org: string, model: Model): Promise<string | null>;
  /** Never moves back. */
  move(org: string, model: Model, updatedAfter: string): Promise<void>;
}

export function createPollCursorStore({ orm }: Database): PollCursorStore {
  return {
    async get(org, model) {
      const [row] = await orm
        .select()
        .from(pollCursors)
        .where(and(eq(pollCursors.org_id, org), eq(pollCursors.model, model)));
      return row?.updated_after ?? null;
    },
    async move(org, model, updatedAfter) {
      await orm
        .insert(pollCursors)
        .values({ org_id: org, model, updated_after: updatedAfter })
        .onConflictDoUpdate({
          target: [pollCursors.org_id, pollCursors.model],
          set: { updated_after: updatedAfter },
          setWhere: sql`${pollCursors.updated_after} < ${updatedAfter}`,
        });
    },
  };
}
