import { idsOf, type Read } from "./read.ts";
import type { Model } from "./resources.ts";

/** What to derive: cases and lead objects by id, and people with all the cases they are on. */
export interface DerivationScope {
  cases: number[];
  clients: number[];
  staff: number[];
  leads: number[];
  /** Cases up to this id have been done in an earlier round. */
  after: number;
}

export const emptyScope: DerivationScope = { cases: [], clients: [], staff: [], leads: [], after: 0 };

/** The scope of these records; empty for a kind from which nothing derives by itself. */
export function scopeOf(model: Model, ids: number[]): DerivationScope {
  switch (model) {
    case "case":
      return { ...emptyScope, cases: ids };
    case "client":
      return { ...emptyScope, clients: ids };
    case "staff":
      return { ...emptyScope, staff: ids };
    case "lead":
      return { ...emptyScope, leads: ids };
    case "company":
    case "custom_field":
    case "people_group":
    case "case_stage":
    case "practice_area":
      return emptyScope;
  }
}

/** The scope of everything that the reads have an answer for. */
export function scopeOfReads(reads: Read[]): DerivationScope {
  const ids = (model: Model) => reads.filter((read) => read.model === model).flatMap(idsOf);
  return { cases: ids("case"), clients: ids("client"), staff: ids("staff"), leads: ids("lead"), after: 0 };
}
