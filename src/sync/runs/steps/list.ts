import type { Failure } from "../../../domain/failure.ts";
import { isEssential } from "../../../domain/resources.ts";
import type { Run } from "../../../domain/run.ts";
import { type Page, pageSize } from "../../../mycase/client/client.ts";
import { err, ok, type Result } from "../../../platform/result.ts";
import { malformedDetail } from "../../records/malformed-record.ts";
import { guardOf } from "../run-guard.ts";
import { progress, type StepInput, type StepResult } from "../step.ts";
import { afterListing, afterPage } from "./after-page.ts";
import { checkVisibleCases } from "./check-visible-cases.ts";
import { savePage } from "./save-page.ts";

const MAX_RESTARTS = 3;
const MIN_UNUSABLE = 2; // one malformed record is a dead letter of its own

/** Reads one page of a listing, saves it, and derives from it where its stage says so. */
export async function list(input: StepInput<"list">): Promise<Result<StepResult, Failure>> {
  const { context, run, cursor, stage, mycase } = input;
  const since = stage.changedOnly ? await context.cursors.get(run.org, stage.model) : null;
  const page = await mycase.readPage(
    stage.model,
    stage.next ? { next: stage.next } : since ? { updatedAfter: since } : {},
  );
  if (!page.ok) {
    if (isExpiredLink(input, page.failure)) return restart(input);
    return isDispensable(input, page.failure) ? skipListing(input, page.failure) : page;
  }
  const unusable = unusableListing(input, page.value, since);
  if (unusable) return err(unusable);

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

/** MyCase does not let this connection list something that the cases can do without: it refuses the first page. */
function isDispensable({ stage }: StepInput<"list">, { kind }: Failure): boolean {
  if (isEssential(stage.model) || stage.next !== null) return false;
  return kind === "forbidden" || kind === "not_found" || kind === "refused";
}

async function skipListing(input: StepInput<"list">, failure: Failure): Promise<Result<StepResult, Failure>> {
  const { context, run, cursor, stage } = input;
  const detail = `MyCase refuses the listing of ${stage.model} records: ${failure.detail}.`;
  await context.listingTroubles.note(run, { model: stage.model, kind: "forbidden", detail }, context.now());
  if (stage.detectMissing) await context.runPages.clear(run, stage.model);
  const errors = [{ code: "listing_forbidden", detail, at: context.now().toISOString() }];
  return ok({ kind: "advanced", cursor: afterListing(cursor, stage, false), progress: progress({ errors }) });
}

/** Why a whole listing is none: the run must not end well, as if there were no records. */
function unusableListing({ stage }: StepInput<"list">, page: Page, since: string | null): Failure | null {
  if (!isEssential(stage.model) || since !== null || stage.page > 0) return null;
  const shown = pageSize(page);
  if (shown === 0 && page.total !== null && page.total > 0) {
    const detail = `MyCase lists no ${stage.model} records and counts ${page.total}`;
    return { kind: "malformed", detail }; // ends the run, so that a lasting fault holds up no later one
  }
  if (page.read.records.length > 0 || shown < MIN_UNUSABLE) return null;
  return { kind: "malformed", detail: `none of the ${shown} listed ${stage.model} records can be used` };
}

function unusableRecords(page: Page, model: Page["read"]["model"], now: Date): Run["errors"] {
  const at = now.toISOString();
  const errors = page.read.absent.map(({ id }) => ({ code: "malformed", detail: malformedDetail(model, id), at }));
  if (page.unusable === 0) return errors;
  return [...errors, { code: "malformed", detail: `${page.unusable} ${model} records have no id`, at }];
}
