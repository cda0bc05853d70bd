import type { Commit } from "../db/commit/commit-types.ts";
import type { LoadedFacts } from "../db/facts/typed-facts.ts";
import type { ConfigVersion } from "../db/stores/config-store.ts";
import type { HeldCase } from "../domain/held-case.ts";
import type { ProjectMetadata } from "../domain/rows.ts";
import type { Facts } from "../mapping/facts.ts";
import type { Outcome } from "../mapping/outcome.ts";
import { isEmpty } from "../mapping/plan/plan.ts";
import type { Plan } from "../mapping/plan/plan-types.ts";

export interface Derived {
  loaded: LoadedFacts;
  version: ConfigVersion;
  facts: Facts;
  outcome: Outcome;
  plan: Plan;
  /** Cases that were left as they are. */
  held: ReadonlySet<number>;
  /** Those of them that are held from now on. */
  holds: HeldCase[];
}

/** What is saved of a derivation beside its plan, and what the commit depends on. */
export type CommitInput = Pick<Commit, "plan" | "metadata" | "touched" | "outcomes" | "holds" | "released" | "readSet">;

export function commitInput(derived: Derived): CommitInput {
  const { loaded, version, facts, outcome, plan, held, holds } = derived;
  const metadata = newMetadata(loaded, facts);
  return {
    plan,
    metadata,
    touched: touchedProjects(loaded, metadata, outcome, plan),
    outcomes: changedOutcomes(derived),
    holds,
    released: [...loaded.held].filter((id) => !held.has(id)),
    readSet: {
      clock: loaded.org?.clock ?? 0,
      ...version,
      cases: facts.cases.map(({ case_id }) => case_id),
      clients: [...facts.clients.keys()],
      staff: staffIds(facts),
      leads: facts.leads.map(({ lead_id }) => lead_id),
    },
  };
}

/** Whether the commit would write nothing. */
export function writesNothing({ plan, touched, outcomes, holds, released }: CommitInput): boolean {
  return isEmpty(plan) && touched.length + outcomes.length + holds.length + released.length === 0;
}

/** A project names the mapping and the record it was made from; one that MyCase no longer returns keeps what it named. */
function newMetadata({ metadata }: LoadedFacts, facts: Facts): Map<number, ProjectMetadata> {
  const version = facts.config.mapping?.version ?? 0;
  return new Map(
    facts.cases.map(({ case_id, mirror }) => {
      const previous = metadata.get(case_id);
      if (mirror?.state === "present")
        return [case_id, { mapping_version: version, mycase_updated_at: mirror.record?.updated_at ?? null }];
      return [case_id, previous ?? { mapping_version: version, mycase_updated_at: null }];
    }),
  );
}

/** Projects whose row stays and whose metadata changes. */
function touchedProjects(
  { metadata: before }: LoadedFacts,
  metadata: ReadonlyMap<number, ProjectMetadata>,
  outcome: Outcome,
  plan: Plan,
): number[] {
  const written = new Set(plan.projects.map(({ case_id }) => case_id));
  const kept = outcome.cases.filter(({ case_id, project }) => project !== null && !written.has(case_id));
  return kept.flatMap(({ case_id }) => {
    const previous = before.get(case_id);
    const next = metadata.get(case_id);
    if (!previous || !next) return [];
    const changes =
      previous.mapping_version !== next.mapping_version || previous.mycase_updated_at !== next.mycase_updated_at;
    return changes ? [case_id] : [];
  });
}

/** An id that MyCase never showed as a case leaves no outcome; a case that is held keeps the one it has. */
function changedOutcomes({ loaded: { outcomes }, facts, outcome, held }: Derived): Commit["outcomes"] {
  const unseen = new Set(facts.cases.filter(({ mirror }) => mirror === null).map(({ case_id }) => case_id));
  return outcome.cases.flatMap(({ case_id, bucket, code }) => {
    if (unseen.has(case_id) || held.has(case_id)) return [];
    const previous = outcomes.get(case_id);
    return previous?.bucket === bucket && previous.code === code ? [] : [{ case_id, bucket, code }];
  });
}

/** Known staff, and staff that a case names and nobody has read yet: they may appear meanwhile. */
function staffIds(facts: Facts): number[] {
  const named = facts.cases.flatMap(({ mirror }) => mirror?.record?.staff.map(({ id }) => id) ?? []);
  return [...new Set([...facts.staff.keys(), ...named])];
}
