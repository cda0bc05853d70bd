import { type LoadedFacts, withConfig } from "../../../db/facts/typed-facts.ts";
import { derive } from "../../../mapping/derive/derive.ts";
import type { MappingDocument } from "../../../mapping/document/schema.ts";
import { exceedsBlastGuard } from "../../../mapping/preview/blast-guard.ts";
import { summarise } from "../../../mapping/preview/diff.ts";
import type { DiffTally } from "../../../mapping/preview/diff-tally.ts";
import { reportDiff } from "../../../mapping/preview/report-diff.ts";
import type { SyncContext } from "../../context.ts";
import type { MappingPreview } from "../../mapping/dry-run.ts";
import { orgConfig } from "../../org-config.ts";

/** Evaluates the blast guard over one page of a poll; null when it may be saved. */
export async function evaluatePageGuard(
  context: SyncContext,
  org: string,
  loaded: LoadedFacts,
): Promise<MappingPreview | null> {
  const versioned = loaded.org && (await orgConfig(context.configs, org, loaded.org));
  const mapping = versioned?.config.mapping;
  if (!mapping || loaded.metadata.size === 0) return null;
  const facts = withConfig(loaded, versioned.config, context.now());
  const tally = summarise(facts, derive(facts));
  if (tally.impact.projects.ids.size === 0) return null;
  return exceedsGuard(tally, await context.scans.countLiveProjects(org), mapping.document);
}

/** What would be changed, where that is more than the org lets one run do unasked. */
export function exceedsGuard(tally: DiffTally, liveProjects: number, document: MappingDocument): MappingPreview | null {
  const { diff, samples, impact } = reportDiff(tally);
  return exceedsBlastGuard(impact, liveProjects, document.blast_guard) ? { diff, samples } : null;
}
