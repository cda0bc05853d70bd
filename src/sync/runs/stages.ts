import type { LocalScan } from "../../db/stores/scan-store.ts";
import { type DeletableModel, LIST_MODELS, type Model } from "../../domain/resources.ts";
import type { RunKind } from "../../domain/run.ts";

/** A part of a run: a listing of MyCase, or a walk over what is here already. */
export type Stage =
  | { do: "list"; model: Model; derive: boolean; changedOnly: boolean }
  | { do: "walk"; walk: LocalScan }
  /** Asks for each record that a complete listing did not show, whether it is gone or only out of sight (D5). */
  | { do: "sweep"; model: DeletableModel }
  /** Foresees what the walks after it would do, and asks when that is too much. */
  | { do: "guard" };

export type ListStage = Extract<Stage, { do: "list" }>;

const listAll = (model: Model, derive: boolean): Stage => ({ do: "list", model, derive, changedOnly: false });
const listChanged = (model: Model, derive: boolean): Stage => ({ do: "list", model, derive, changedOnly: true });
const walk = (what: LocalScan): Stage => ({ do: "walk", walk: what });

/** The firm's own lists are small, have no webhooks and no deletions to ask for: they are always compared whole. */
const LISTS = LIST_MODELS.map((model) => listAll(model, false));
const LEADS = (pulled: boolean, stage: Stage) => (pulled ? [stage] : []);

const EVERYTHING: Stage[] = [walk("cases"), walk("leads"), walk("contacts"), walk("team")];

const SWEEP = (wanted: boolean, model: DeletableModel): Stage[] => (wanted ? [{ do: "sweep", model }] : []);

/** Everything of MyCase, people before the cases that name them; `derive`: each page of leads and cases as it comes. */
function listings(pullLeads: boolean, derive: boolean): Stage[] {
  return [
    ...LISTS,
    listAll("staff", false),
    ...SWEEP(!derive, "staff"),
    listAll("client", false),
    ...SWEEP(!derive, "client"),
    listAll("company", false),
    ...LEADS(pullLeads, listAll("lead", derive)),
    ...SWEEP(pullLeads && !derive, "lead"),
    listAll("case", derive),
    ...SWEEP(!derive, "case"),
  ];
}

/**
 * What a run goes through, in order. A first import derives each page of cases as it comes; with cases here already
 * (`guarded`) everything is read first, then weighed, and only then derived. A poll derives what it finds changed.
 */
export function stagesOf(kind: RunKind, options: { pullLeads: boolean; guarded: boolean }): Stage[] {
  const { pullLeads, guarded } = options;
  switch (kind) {
    case "backfill":
    case "nightly":
      if (guarded) return [...listings(pullLeads, false), { do: "guard" }, ...EVERYTHING];
      return [...listings(pullLeads, true), walk("contacts"), walk("team")];
    case "poll":
      return [
        ...LISTS,
        listChanged("staff", true),
        listChanged("client", true),
        listChanged("company", false),
        ...LEADS(pullLeads, listChanged("lead", true)),
        listChanged("case", true),
      ];
    case "team":
      return [...LISTS, listAll("staff", true)];
    case "mapping":
      return guarded ? [{ do: "guard" }, ...EVERYTHING] : EVERYTHING;
  }
}
