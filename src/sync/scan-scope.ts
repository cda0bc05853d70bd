import type { DerivationScope } from "../db/facts/load.ts";
import type { LocalScan } from "../db/stores/scan-store.ts";

/** What a page of a walk derives. */
export function scanScope(walk: LocalScan, ids: number[]): DerivationScope {
  const of = (one: LocalScan) => (walk === one ? ids : []);
  return { cases: of("cases"), clients: of("contacts"), staff: of("team"), leads: of("leads"), after: 0 };
}
