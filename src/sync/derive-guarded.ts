import { type LoadedFacts, withConfig } from "../db/facts/typed-facts.ts";
import type { HeldCase, Impact } from "../domain/held-case.ts";
import { derive } from "../mapping/derive/derive.ts";
import { holdCases } from "../mapping/derive/hold-cases.ts";
import type { MappingDocument } from "../mapping/document/schema.ts";
import type { Facts } from "../mapping/facts.ts";
import { plan } from "../mapping/plan/plan.ts";
import { impactsByCase } from "../mapping/preview/case-impacts.ts";
import { yieldToEventLoop } from "../platform/yield.ts";
import type { Derived } from "./commit-input.ts";
import type { VersionedConfig } from "./org-config.ts";

const BULK_CASES = 100;

/** Decides what a run may do to live projects, round by round. */
export interface Guard {
  /** Of the cases that a round would harm, those to leave as they are. */
  weigh(impacts: ReadonlyMap<number, Impact[]>, limits: MappingDocument["blast_guard"]): Promise<HeldCase[]>;
  /** A round that harms so many projects has been saved. */
  saved(harmed: number): void;
}

/** What a derivation is told beside its facts. */
export interface DerivationRules {
  /** What an org owns here and changes in the same commit, such as a pin: it is derived as if it had stood there before. */
  override?: (facts: Facts) => Facts;
  /** Of the cases that the blast guard holds, those that are derived all the same; none by default. */
  release?: ReadonlySet<number> | "all";
  /** What the run may do unasked; everything by default. */
  guard?: Guard;
}

/** Derives, and once more without the cases that the guard sets aside. `harmed`: how many projects the result harms. */
export async function deriveGuarded(
  { override, release = new Set(), guard }: DerivationRules,
  loaded: LoadedFacts,
  { config, ...version }: VersionedConfig,
  now: Date,
): Promise<{ derived: Derived; harmed: number }> {
  const facts = withConfig(loaded, config, now);
  const deriveHolding = async (held: ReadonlySet<number>, holds: HeldCase[]): Promise<Derived> => {
    const derived = await deriveFacts(holdCases(facts, held), override);
    return { ...derived, loaded, version, held, holds };
  };
  const held = new Set([...loaded.held].filter((id) => release !== "all" && !release.has(id)));
  const derived = await deriveHolding(held, []);
  const limits = config.mapping?.document.blast_guard;
  if (!guard || !limits) return { derived, harmed: 0 };
  const impacts = impactsByCase(derived.plan, derived.facts.cases);
  const holds = impacts.size === 0 ? [] : await guard.weigh(impacts, limits);
  const harmed = impacts.size - holds.length;
  if (holds.length === 0) return { derived, harmed };
  const allHeld = new Set([...held, ...holds.map(({ case_id }) => case_id)]);
  return { derived: await deriveHolding(allHeld, holds), harmed };
}

/** An override is derived as if it had stood there before, and planned as a change. */
async function deriveFacts(
  facts: Facts,
  override: DerivationRules["override"] = (unchanged) => unchanged,
): Promise<Pick<Derived, "facts" | "outcome" | "plan">> {
  const pause = facts.cases.length > BULK_CASES ? yieldToEventLoop : async () => {};
  await pause();
  const outcome = derive(override(facts));
  await pause();
  const planned = plan(facts, outcome);
  await pause();
  return { facts, outcome, plan: planned };
}
