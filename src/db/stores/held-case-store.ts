import { and, eq, gt } from "drizzle-orm";
import type { HeldCase } from "../../domain/held-case.ts";
import type { Run } from "../../domain/run.ts";
import type { Database } from "../database.ts";
import { heldCases } from "../schema/index.ts";

export type HeldCaseStore = ReturnType<typeof createHeldCaseStore>;

/** The cases that a run holds. They are added and released by commits. */
export function createHeldCaseStore({ orm }: Database) {
  const ofRun = (run: Pick<Run, "org" | "id">) => and(eq(heldCases.org_id, run.org), eq(heldCases.run_id, run.id));
  return {
    /** The next ones by ascending id; fewer than `limit` at the end. */
    async list(run: Pick<Run, "org" | "id">, { after, limit }: { after: number; limit: number }): Promise<HeldCase[]> {
      return orm
        .select({ case_id: heldCases.case_id, impacts: heldCases.impacts })
        .from(heldCases)
        .where(and(ofRun(run), gt(heldCases.case_id, after)))
        .orderBy(heldCases.case_id)
        .limit(limit);
    },

    /** Lets them go without deriving them. */
    async drop(run: Pick<Run, "org" | "id">): Promise<void> {
      await orm.delete(heldCases).where(ofRun(run));
    },
  };
}
