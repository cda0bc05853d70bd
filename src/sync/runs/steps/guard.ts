import { withConfig } from "../../../db/facts/typed-facts.ts";
import { scopeOfScan } from "../../../db/stores/scan-store.ts";
import type { Failure } from "../../../domain/failure.ts";
import { derive } from "../../../mapping/derive/derive.ts";
import { plan } from "../../../mapping/plan/plan.ts";
import { impactsByCase } from "../../../mapping/preview/case-impacts.ts";
import { ok, type Result } from "../../../platform/result.ts";
import { yieldToEventLoop } from "../../../platform/yield.ts";
import { currentConfig } from "../../org-config.ts";
import { nextStage } from "../cursor.ts";
import { guardOf } from "../run-guard.ts";
import { progress, type StepInput, type StepResult } from "../step.ts";

const PAGE = 500;

/** Weighs the next page of what the run is about to derive; only cases can lose their projects. */
export async function guard({ context, run, cursor, stage }: StepInput<"guard">): Promise<Result<StepResult, Failure>> {
  const advanced = (to: typeof cursor): Result<StepResult, Failure> =>
    ok({ kind: "advanced", cursor: to, progress: progress({}) });
  const runGuard = guardOf(context, run.org, cursor);
  const config = (await currentConfig(context, run.org))?.config;
  if (!runGuard || !config?.mapping) return advanced(nextStage(cursor));
  const ids = await context.scans.idsAfter(run.org, "cases", stage.after, PAGE);
  const facts = withConfig(await context.store.load(run.org, scopeOfScan("cases", ids)), config, context.now());
  await yieldToEventLoop();
  const impacts = impactsByCase(plan(facts, derive(facts)), facts.cases);
  const foreseen = stage.foreseen + runGuard.harmful(impacts).length;
  await runGuard.judge(foreseen, config.mapping.document.blast_guard);
  const weighed = { ...cursor, guard: runGuard.state };
  const last = ids.at(-1);
  if (runGuard.state.exceeded || ids.length < PAGE || last === undefined) return advanced(nextStage(weighed));
  return advanced({ ...weighed, current: { ...stage, after: last, foreseen } });
}
