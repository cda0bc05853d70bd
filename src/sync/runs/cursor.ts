import { z } from "zod";
import { MODELS } from "../../domain/resources.ts";
import type { MappingPreview } from "../mapping/dry-run.ts";
import {
  guardStage,
  listStage,
  reconcileStage,
  releaseStage,
  reviewStage,
  type Stage,
  type StageKind,
  scanStage,
  stage,
} from "./stages.ts";

const listCursor = listStage.extend({
  /** MyCase's query for the page to read; null for the first one. */
  next: z.string().nullable(),
  /** How many pages came before it. */
  page: z.number().int(),
  /** MyCase's clock when the first page was served. */
  servedAt: z.string().nullable(),
  /** Records seen so far, and the most that were seen before the listing had to start over. */
  seen: z.number().int(),
  best: z.number().int(),
  restarts: z.number().int(),
});

const reconcileCursor = reconcileStage.extend({
  /** The last id that was asked for. */
  after: z.number().int(),
  /** How many were asked for of those that MyCase refused before. */
  refused: z.number().int(),
});

const scanCursor = scanStage.extend({
  /** The last id that was derived. */
  after: z.number().int(),
});

const guardCursor = guardStage.extend({
  /** The last case that was weighed. */
  after: z.number().int(),
  /** Projects that the scans would harm, so far. */
  foreseen: z.number().int(),
});

const reviewCursor = reviewStage.extend({
  /** The last held case that was summed up. */
  after: z.number().int(),
  preview: z.custom<MappingPreview>().nullable(),
});

/** `after`: the last case that was applied. */
const releaseCursor = releaseStage.extend({ after: z.number().int() });

/** How far the stage at hand has come. */
const stageCursor = z.discriminatedUnion("kind", [
  listCursor,
  reconcileCursor,
  guardCursor,
  scanCursor,
  reviewCursor,
  releaseCursor,
]);

export type StageCursor = z.output<typeof stageCursor>;
export type CursorOf<K extends StageKind> = Extract<StageCursor, { kind: K }>;

const guardState = z.object({
  harmed: z.number().int(),
  /** Live projects when the first harm was seen. */
  live: z.number().int().nullable(),
  exceeded: z.boolean(),
});

export type GuardState = z.output<typeof guardState>;

/** Where a run goes on. It moves over saved work only: what is lost in between is done again, not left out. */
export const runCursor = z.object({
  /** Null once the last stage is done. */
  current: stageCursor.nullable(),
  upcoming: z.array(stage),
  /** Up to when the listings that only later stages derive were read: polls go on from there once the run has ended. */
  readTo: z.partialRecord(z.enum(MODELS), z.string()),
  /** How much the run has done to live projects; null when it need not ask. */
  guard: guardState.nullable(),
  /** A person has said that the firm has so few cases: what MyCase no longer has is deleted unasked. */
  deletionsApproved: z.boolean(),
  /** The last of its own stages is done; what is left concerns the cases that it holds. */
  finished: z.boolean(),
  /** The configuration that the derivations of this run began with; null until the org's lists are in. */
  configVersion: z.number().int().nullable(),
});

export type RunCursor = z.output<typeof runCursor>;

export function firstCursor(stages: Stage[], { guarded }: { guarded: boolean }): RunCursor {
  return nextStage({
    current: null,
    upcoming: stages,
    readTo: {},
    guard: guarded ? { harmed: 0, live: null, exceeded: false } : null,
    deletionsApproved: false,
    finished: false,
    configVersion: null,
  });
}

/** The beginning of the next stage. */
export function nextStage(cursor: RunCursor): RunCursor {
  const [first, ...upcoming] = cursor.upcoming;
  return { ...cursor, current: first ? beginningOf(first) : null, upcoming };
}

function beginningOf(first: Stage): StageCursor {
  switch (first.kind) {
    case "list":
      return { ...first, next: null, page: 0, servedAt: null, seen: 0, best: 0, restarts: 0 };
    case "reconcile":
      return { ...first, after: 0, refused: 0 };
    case "scan":
      return { ...first, after: 0 };
    case "guard":
      return { ...first, after: 0, foreseen: 0 };
    case "review":
      return { ...first, after: 0, preview: null };
    case "release":
      return { ...first, after: 0 };
  }
}
