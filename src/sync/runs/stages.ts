import { z } from "zod";
import {
  DELETABLE_MODELS,
  type DeletableModel,
  isDeletable,
  MODELS,
  type Model,
  ORG_LIST_MODELS,
} from "../../domain/resources.ts";
import type { RunKind } from "../../domain/run-kinds.ts";

/** Reads a kind of record, page by page. */
export const listStage = z.object({
  kind: z.literal("list"),
  model: z.enum(MODELS),
  /** Derives each page as it comes, in place of a scan later on. */
  derive: z.boolean(),
  /** Asks only for what changed since the last poll. */
  changedOnly: z.boolean(),
  /** Remembers what it listed, so that a reconcile stage can ask for what it did not. */
  detectMissing: z.boolean(),
});

/** Asks by id for each record that a complete listing did not show: is it gone, or only out of sight (D5)? */
export const reconcileStage = z.object({ kind: z.literal("reconcile"), model: z.enum(DELETABLE_MODELS) });

/** Weighs what the scans after it would do, before any of it is saved. */
export const guardStage = z.object({ kind: z.literal("guard") });

/** Sums up what the run holds, for a person to decide on. */
export const reviewStage = z.object({ kind: z.literal("review") });

/** Applies what a person has approved. */
export const releaseStage = z.object({ kind: z.literal("release") });

/** Derives what is here already; MyCase is not asked. */
export const scanStage = z.object({
  kind: z.literal("scan"),
  scan: z.enum(["cases", "leads", "contacts", "team"]),
});

export const stage = z.discriminatedUnion("kind", [
  listStage,
  reconcileStage,
  guardStage,
  scanStage,
  reviewStage,
  releaseStage,
]);

/** A part of a run. */
export type Stage = z.output<typeof stage>;
export type StageKind = Stage["kind"];

type ListStage = z.output<typeof listStage>;

function list(model: Model, options: Partial<ListStage> = {}): ListStage {
  return { kind: "list", model, derive: false, changedOnly: false, detectMissing: false, ...options };
}

/** Small, without webhooks and without deletions to ask for: they are always compared whole. */
const ORG_LISTS = ORG_LIST_MODELS.map((model) => list(model));

const scan = (what: z.output<typeof scanStage>["scan"]): Stage => ({ kind: "scan", scan: what });
const SCAN_ALL = [scan("cases"), scan("leads"), scan("contacts"), scan("team")];

const listChanged = (model: Model, derive = true) => list(model, { changedOnly: true, derive });

function listAndReconcile(model: DeletableModel): Stage[] {
  return [list(model, { detectMissing: true }), { kind: "reconcile", model }];
}

/**
 * What a run goes through, in order; people come before the cases that name them. A first import derives each page of
 * leads and cases as it comes. With cases here already (`guarded`) everything is read first, then weighed, then derived.
 */
export function stagesOf(kind: RunKind, { pullLeads, guarded }: { pullLeads: boolean; guarded: boolean }): Stage[] {
  const models: Model[] = ["staff", "client", "company", ...(pullLeads ? (["lead"] as const) : []), "case"];
  switch (kind) {
    case "backfill":
    case "nightly": {
      if (!guarded) {
        const derived = (model: Model) => model === "lead" || model === "case";
        const lists = models.map((model) => list(model, { derive: derived(model) }));
        return [...ORG_LISTS, ...lists, scan("contacts"), scan("team")];
      }
      const lists = models.flatMap((model) => (isDeletable(model) ? listAndReconcile(model) : [list(model)]));
      return [...ORG_LISTS, ...lists, { kind: "guard" }, ...SCAN_ALL];
    }
    case "poll":
      return [...ORG_LISTS, ...models.map((model) => listChanged(model, model !== "company"))];
    case "team":
      return [...ORG_LISTS, list("staff", { derive: true })];
    case "mapping":
      return guarded ? [{ kind: "guard" }, ...SCAN_ALL] : SCAN_ALL;
  }
}
