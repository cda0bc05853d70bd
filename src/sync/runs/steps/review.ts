import { withConfig } from "../../../db/facts/typed-facts.ts";
import type { Failure } from "../../../domain/failure.ts";
import { scopeOf } from "../../../domain/scope.ts";
import { derive } from "../../../mapping/derive/derive.ts";
import { summarise } from "../../../mapping/preview/diff.ts";
import { reportDiff } from "../../../mapping/preview/report-diff.ts";
import { sumOfPreviews } from "../../../mapping/preview/sum-of-previews.ts";
import { ok, type Result } from "../../../platform/result.ts";
import { currentConfig } from "../../org-config.ts";
import { progress, type StepInput, type StepResult } from "../step.ts";

const PAGE = 500;

/** Sums up the next page of what the run holds. After the last one the run waits for a decision, if it holds anything still. */
export async function review({
  context,
  run,
  cursor,
  stage,
}: StepInput<"review">): Promise<Result<StepResult, Failure>> {
  const ids = (await context.heldCases.list(run, { after: stage.after, limit: PAGE })).map(({ case_id }) => case_id);
  const config = (await currentConfig(context, run.org))?.config;
  let { preview } = stage;
  if (ids.length > 0 && config) {
    const facts = withConfig(await context.store.load(run.org, scopeOf("case", ids)), config, context.now());
    const { diff, samples } = reportDiff(summarise(facts, derive(facts)));
    preview = preview ? sumOfPreviews(preview, { diff, samples }) : { diff, samples };
  }
  const last = ids.at(-1);
  if (ids.length === PAGE && last !== undefined) {
    const current = { ...stage, after: last, preview };
    return ok({ kind: "advanced", cursor: { ...cursor, current }, progress: progress({}) });
  }
  if (!preview) {
    return ok({ kind: "advanced", cursor: { ...cursor, current: null, guard: null }, progress: progress({}) });
  }
  const held = { reason: "blast_guard", ...preview } as const;
  return ok({ kind: "held", cursor: { ...cursor, current: { kind: "release", after: 0 } }, held });
}
