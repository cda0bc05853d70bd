import type { LoadedRows } from "../../db/facts/load.ts";
import type { Failure } from "../../domain/failure.ts";
import type { Run } from "../../domain/runs.ts";
import { exceedsBlastGuard } from "../../mapping/blast.ts";
import { derive } from "../../mapping/derive.ts";
import { summarise } from "../../mapping/diff.ts";
import type { DiffTally } from "../../mapping/diff-tally.ts";
import type { MappingDocument } from "../../mapping/document.ts";
import { reportDiff } from "../../mapping/report-diff.ts";
import { ok, type Result } from "../../platform/result.ts";
import { assemble } from "../assemble.ts";
import type { MappingForecast } from "../change-mapping.ts";
import type { SyncContext } from "../context.ts";
import { firmConfig } from "../firm-config.ts";
import { forecast } from "../forecast.ts";
import { nextStage, type RunCursor } from "./cursor.ts";
import type { Step } from "./list-step.ts";

/** Weighs everything that the run is about to derive, before any of it is saved. */
export async function guardStep(context: SyncContext, run: Run, cursor: RunCursor): Promise<Result<Step, Failure>> {
  const quiet = { done: 0, total: null, counts: {}, mycase_requests: 0, rows_written: 0, errors: [] };
  const going: Step = { ...quiet, cursor: nextStage(cursor) };
  const versions = await context.orgs.configVersion(run.org);
  const dated = versions && (await firmConfig(context.configs, run.org, versions.config));
  const mapping = dated?.config.mapping;
  if (!mapping || cursor.approved) return ok(going);
  const { tally, liveProjects } = await forecast(context, run.org, dated.config);
  const held = tooMuch(tally, liveProjects, mapping.document);
  return ok(held ? { ...quiet, cursor, held } : going);
}

/** Weighs one page of a poll; null when it may be saved. */
export async function weighPage(context: SyncContext, run: Run, rows: LoadedRows): Promise<MappingForecast | null> {
  const dated = await firmConfig(context.configs, run.org, Number(rows.org.config_version ?? 0));
  const mapping = dated?.config.mapping;
  if (!mapping || rows.projects.length === 0) return null;
  const facts = assemble(rows, dated.config, context.now());
  const tally = summarise(facts, derive(facts));
  if (tally.harm.projects.ids.size === 0) return null;
  return tooMuch(tally, await context.walks.countLiveProjects(run.org), mapping.document);
}

function tooMuch(tally: DiffTally, liveProjects: number, document: MappingDocument): MappingForecast | null {
  const { diff, samples, harm } = reportDiff(tally);
  return exceedsBlastGuard(harm, liveProjects, document.blast_guard) ? { diff, samples } : null;
}
