import { z } from "zod";
import { DELETABLE_MODELS, MODELS } from "../../domain/resources.ts";

const stage = z.discriminatedUnion("do", [
  z.object({ do: z.literal("list"), model: z.enum(MODELS), derive: z.boolean(), changedOnly: z.boolean() }),
  z.object({ do: z.literal("walk"), walk: z.enum(["cases", "leads", "contacts", "team"]) }),
  z.object({ do: z.literal("guard") }),
  z.object({ do: z.literal("sweep"), model: z.enum(DELETABLE_MODELS) }),
]);

/** Where a run goes on. It moves over saved work only, so whatever is lost in between is done again, not left out. */
export const runCursor = z.object({
  stages: z.array(stage),
  /** Index of the stage at hand. */
  at: z.number().int(),
  /** The page of the listing: MyCase's next query, or null for its first page. */
  next: z.string().nullable(),
  /** The last id of the walk. */
  after: z.number().int(),
  /** MyCase's clock when the listing's first page was served. */
  servedAt: z.string().nullable(),
  /** Records seen in this stage, and the most that were seen in it before it had to start over. */
  seen: z.number().int(),
  best: z.number().int(),
  restarts: z.number().int(),
  /** Ids that the listing has shown so far, where a sweep follows it. */
  listed: z.array(z.number().int()).default([]),
  /** What a complete listing did not show, still to be asked for. */
  missing: z.array(z.number().int()).default([]),
  /** Up to when the listings that are only derived by later stages were read: polls go on from there once the run has ended. */
  readTo: z.partialRecord(z.enum(MODELS), z.string()).default({}),
  /** Somebody has seen what the run would do, and agreed. */
  approved: z.boolean().default(false),
  /** The configuration that the derivations of this run began with; null until the firm's lists are in. */
  configVersion: z.number().int().nullable(),
});

export type RunCursor = z.output<typeof runCursor>;

export function firstCursor(stages: RunCursor["stages"]): RunCursor {
  return {
    stages,
    at: 0,
    next: null,
    after: 0,
    servedAt: null,
    seen: 0,
    best: 0,
    restarts: 0,
    listed: [],
    missing: [],
    readTo: {},
    approved: false,
    configVersion: null,
  };
}

/** The beginning of the next stage. */
export function nextStage(cursor: RunCursor): RunCursor {
  return {
    ...cursor,
    at: cursor.at + 1,
    next: null,
    after: 0,
    servedAt: null,
    seen: 0,
    best: 0,
    restarts: 0,
    listed: [],
  };
}
