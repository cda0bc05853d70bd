import type { Scope } from "../db/facts/load.ts";
import type { Walk } from "../db/stores/walk-store.ts";

/** What a page of a walk derives. */
export function walkScope(walk: Walk, ids: number[]): Scope {
  const of = (one: Walk) => (walk === one ? ids : []);
  return { cases: of("cases"), clients: of("contacts"), staff: of("team"), leads: of("leads"), after: 0 };
}
