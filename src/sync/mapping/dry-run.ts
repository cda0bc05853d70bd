import { withConfig } from "../../db/facts/typed-facts.ts";
import { scopeOfScan } from "../../db/stores/scan-store.ts";
import { derive } from "../../mapping/derive/derive.ts";
import type { MappingDocument } from "../../mapping/document/schema.ts";
import type { OrgConfig } from "../../mapping/facts.ts";
import { isLive } from "../../mapping/is-live.ts";
import { plan } from "../../mapping/plan/plan.ts";
import { addToDiff } from "../../mapping/preview/diff.ts";
import { type DiffTally, emptyDiff } from "../../mapping/preview/diff-tally.ts";
import type { DiffReport } from "../../mapping/preview/report-diff.ts";
import { yieldToEventLoop } from "../../platform/yield.ts";
import type { SyncContext } from "../context.ts";

const PAGE = 500;

/** What a change would do, for a person to look at. */
export type MappingPreview = Pick<DiffReport, "diff" | "samples">;

export interface DryRun {
  tally: DiffTally;
  /** Live projects as they are now. */
  liveProjects: number;
}

/** What deriving everything with this configuration would change, page by page; the same code that does it, without the saving. */
export async function dryRun(context: SyncContext, org: string, config: OrgConfig): Promise<DryRun> {
  const tally = emptyDiff();
  let liveProjects = 0;
  for (const scan of ["cases", "leads", "contacts", "team"] as const) {
    for (let after = 0; ; ) {
      const ids = await context.scans.idsAfter(org, scan, after, PAGE);
      const loaded = await context.store.load(org, scopeOfScan(scan, ids));
      const facts = withConfig(loaded, config, context.now());
      await yieldToEventLoop();
      addToDiff(tally, plan(facts, derive(facts)), facts);
      await yieldToEventLoop();
      liveProjects += facts.cases.filter(({ previous }) => isLive(previous.project)).length;
      after = ids.at(-1) ?? after;
      if (ids.length < PAGE) break;
    }
  }
  return { tally, liveProjects };
}

/** The configuration with another mapping in it. */
export function withMapping(config: OrgConfig, document: MappingDocument, version: number): OrgConfig {
  return { ...config, mapping: { version, document } };
}
