import { type LoadedFacts, withConfig } from "../../../db/facts/typed-facts.ts";
import type { Failure } from "../../../domain/failure.ts";
import type { Run } from "../../../domain/run.ts";
import { derive } from "../../../mapping/derive/derive.ts";
import type { MappingDocument } from "../../../mapping/document/schema.ts";
import { exceedsBlastGuard } from "../../../mapping/preview/blast-guard.ts";
import { summarise } from "../../../mapping/preview/diff.ts";
import type { DiffTally } from "../../../mapping/preview/diff-tally.ts";
import { reportDiff } from "../../../mapping/preview/report-diff.ts";
import { ok, type Result } from "../../../platform/result.ts";
import type { SyncContext } from "../../context.ts";
import type { MappingPreview } from "../../mapping/change-mapping.ts";
import { dryRun } from "../../mapping/dry-run.ts";
import { currentConfig, orgConfig } from "../../org-config.ts";
import { nextStage, type RunCursor } from "../cursor.ts";
import type { StepResult } from "./list-step.ts";

/** Weighs everything that the run is about to derive, before any of it is saved. */
export async function guardStep(
  context: SyncContext,
  run: Run,
  cursor: RunCursor,
): Promise<Result<StepResult, Failure>> {
  const quiet = { done: 0, total: null, counts: {}, mycase_requests: 0, rows_written: 0, errors: [] };
  const going: StepResult = { ...quiet, cursor: nextStage(cursor) };
  const dated = await currentConfig(context, run.org);
  const mapping = dated?.config.mapping;
  if (!mapping || cursor.approved) return ok(going);
  const { tally, liveProjects } = await dryRun(context, run.org, dated.config);
  const held = exceedsGuard(tally, liveProjects, mapping.document);
  return ok(held ? { ...quiet, cursor, held } : going);
}

/** Weighs one page of a poll; null when it may be saved. */
export async function evaluatePageGuard(
  context: SyncContext,
  run: Run,
  loaded: LoadedFacts,
): Promise<MappingPreview | null> {
  const dated = loaded.org && (await orgConfig(context.configs, run.org, loaded.org));
  const mapping = dated?.config.mapping;
  if (!mapping || loaded.metadata.size === 0) return null;
  const facts = withConfig(loaded, dated.config, context.now());
  const tally = summarise(facts, derive(facts));
  if (tally.impact.projects.ids.size === 0) return null;
  return exceedsGuard(tally, await context.scans.countLiveProjects(run.org), mapping.document);
}

function exceedsGuard(tally: DiffTally, liveProjects: number, document: MappingDocument): MappingPreview | null {
  const { diff, samples, impact: harm } = reportDiff(tally);
  return exceedsBlastGuard(harm, liveProjects, document.blast_guard) ? { diff, samples } : null;
}
