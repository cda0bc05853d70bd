import type { Walk } from "../../db/stores/walk-store.ts";
import { LIST_MODELS, type Model } from "../../domain/model.ts";
import type { RunKind } from "../../domain/runs.ts";

/** A part of a run: a listing of MyCase, or a walk over what is here already. */
export type Stage = { do: "list"; model: Model; derive: boolean; changedOnly: boolean } | { do: "walk"; walk: Walk };

const listAll = (model: Model, derive: boolean): Stage => ({ do: "list", model, derive, changedOnly: false });
const listChanged = (model: Model, derive: boolean): Stage => ({ do: "list", model, derive, changedOnly: true });
const walk = (what: Walk): Stage => ({ do: "walk", walk: what });

/** The firm's own lists are small, have no webhooks and no deletions to ask for: they are always compared whole. */
const LISTS = LIST_MODELS.map((model) => listAll(model, false));
const LEADS = (pulled: boolean, stage: Stage) => (pulled ? [stage] : []);

/**
 * What a run goes through, in order. Where everything is listed, people come before the cases that name them and are
 * derived with those; a poll derives whatever it finds changed.
 */
export function stagesOf(kind: RunKind, pullLeads: boolean): Stage[] {
  switch (kind) {
    case "backfill":
    case "nightly":
      return [
        ...LISTS,
        listAll("staff", false),
        listAll("client", false),
        listAll("company", false),
        ...LEADS(pullLeads, listAll("lead", true)),
        listAll("case", true),
        walk("contacts"),
        walk("team"),
      ];
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
      return [walk("cases"), walk("leads"), walk("contacts"), walk("team")];
  }
}
