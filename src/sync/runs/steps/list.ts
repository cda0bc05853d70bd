import type { Failure } from "../../../domain/failure.ts";
import type { Run } from "../../../domain/run.ts";
import { type Page, pageSize } from "../../../mycase/client/client.ts";
import { ok, type Result } from "../../../platform/result.ts";
import { malformedDetail } from "../../records/malformed-record.ts";
import { guardOf } from "../run-guard.ts";
import { progress, type StepInput, type StepResult } from "../step.ts";
import { afterPage } from "./after-page.ts";
import { checkVisibleCases } from "./check-visible-cases.ts";
import { savePage } from "./save-page.ts";

const MAX_RESTARTS = 3;

/** Reads one page of a listing, saves it, and derives from it where its stage says so. */
export async function list(input: StepInput<"list">): Promise<Result<StepResult, Failure>> {
  const { context, run, cursor, stage, mycase } = input;
  const since = stage.changedOnly ? await context.cursors.get(run.org, stage.model) : null;
  const page = await mycase.readPage(
    stage.model,
    stage.next ? { next: stage.next } : since ? { updatedAfter: since } : {},
  );
  if (!page.ok) return isExpiredLink(input, page.failure) ? restart(input) : page;

  const visible = await checkVisibleCases(input, page.value);
  if (!visible.ok) return visible;
  if (visible.value) return ok({ kind: "held", cursor, held: visible.value });
  const guard = guardOf(context, run.org, cursor);
  const saved = await savePage(input, page.value, guard);
  if (!saved.ok) return saved;
  const outcome = saved.value;
  const { rowsWritten: rows_written } = outcome;
  switch (outcome.kind) {
    case "overtaken":
      return ok({ kind: "advanced", cursor, progress: progress({ rows_written }) });
    case "saved": {
      const weighed = { ...cursor, guard: guard?.state ?? null };
      const next = await afterPage({ ...input, cursor: weighed }, page.value, since);
      const counts = { [stage.model]: page.value.read.records.length, ...outcome.counts };
      const errors = [...unusableRecords(page.value, stage.model, context.now()), ...next.errors];
      const done = newlySeen(stage, stage.seen + pageSize(page.value));
      return ok({ kind: "advanced", cursor: next.cursor, progress: progress({ done, counts, rows_written, errors }) });
    }
  }
}

/** What was seen before the listing started over is not counted again. */
function newlySeen({ seen, best }: StepInput<"list">["stage"], seenNow: number): number {
  return Math.max(0, seenNow - Math.max(best, seen));
}

/** A page link lives three days; when MyCase no longer knows it, the listing starts over. */
function isExpiredLink({ stage }: StepInput<"list">, failure: Failure): boolean {
  const refused = failure.kind === "refused" || failure.kind === "not_found";
  return refused && stage.next !== null && stage.restarts < MAX_RESTARTS;
}

async function restart({ context, run, cursor, stage }: StepInput<"list">): Promise<Result<StepResult, Failure>> {
  if (stage.detectMissing) await context.runPages.clear(run, stage.model);
  const best = Math.max(stage.best, stage.seen);
  const current = { ...stage, next: null, page: 0, servedAt: null, seen: 0, best, restarts: stage.restarts + 1 };
  const counts = { listings_restarted: 1 };
  return ok({ kind: "advanced", cursor: { ...cursor, current }, progress: progress({ counts }) });
}

function unusableRecords(page: Page, model: Page["read"]["model"], now: Date): Run["errors"] {
  const at = now.toISOString();
  const errors = page.read.absent.map(({ id }) => ({ code: "malformed", detail: malformedDetail(model, id), at }));
  if (page.unusable === 0) return errors;
  return [...errors, { code: "malformed", detail: `${page.unusable} ${model} records have no id`, at }];
}
