import { derive } from "../mapping/derive.ts";
import { addToDiff } from "../mapping/diff.ts";
import { type DiffTally, emptyDiff } from "../mapping/diff-tally.ts";
import type { MappingDocument } from "../mapping/document.ts";
import type { FirmConfig } from "../mapping/facts.ts";
import { isLive } from "../mapping/is-live.ts";
import { plan } from "../mapping/plan.ts";
import { breathe } from "../platform/breathe.ts";
import { assemble } from "./assemble.ts";
import type { SyncContext } from "./context.ts";
import { walkScope } from "./walk-scope.ts";

const PAGE = 500;

export interface Forecast {
  tally: DiffTally;
  /** Live projects as they are now. */
  liveProjects: number;
}

/** What deriving everything with this configuration would change, page by page; the same code that does it, without the saving. */
export async function forecast(context: SyncContext, org: string, config: FirmConfig): Promise<Forecast> {
  const tally = emptyDiff();
  let liveProjects = 0;
  for (const walk of ["cases", "leads", "contacts", "team"] as const) {
    for (let after = 0; ; ) {
      const ids = await context.walks.idsAfter(org, walk, after, PAGE);
      const { rows } = await context.store.absorb(org, [], walkScope(walk, ids));
      const facts = assemble(rows, config, context.now());
      await breathe();
      addToDiff(tally, plan(facts, derive(facts)), facts);
      await breathe();
      liveProjects += facts.cases.filter(({ previous }) => isLive(previous.project)).length;
      after = ids.at(-1) ?? after;
      if (ids.length < PAGE) break;
    }
  }
  return { tally, liveProjects };
}

/** The configuration with another mapping in it. */
export function withMapping(config: FirmConfig, document: MappingDocument, version: number): FirmConfig {
  return { ...config, mapping: { version, document } };
}
