import { idsOf } from "../../../domain/read.ts";
import { isDeletable, isListModel } from "../../../domain/resources.ts";
import type { Run } from "../../../domain/run.ts";
import type { Page } from "../../../mycase/client/client.ts";
import type { SyncContext } from "../../context.ts";
import { nextStage, type RunCursor } from "../cursor.ts";
import { pollCursorAfter } from "../poll-window.ts";
import type { ListStage } from "../stages.ts";

type RunError = Run["errors"][number];

/**
 * Where a run goes on after a page that is saved, and what the end of a listing gave cause to note. `since`: from when
 * changes were asked for, null when everything was.
 */
export async function afterPage(
  context: SyncContext,
  run: Run,
  cursor: RunCursor,
  stage: ListStage,
  page: Page,
  since: string | null,
): Promise<{ next: RunCursor; errors: RunError[] }> {
  const servedAt = cursor.servedAt ?? page.servedAt;
  const seen = cursor.seen + countOf(page);
  const listed = sweepFollows(cursor) ? [...cursor.listed, ...idsOf(page.read)] : [];
  if (page.next !== null) {
    const best = Math.max(cursor.best, seen);
    return { next: { ...cursor, next: page.next, servedAt, seen, listed, best }, errors: [] };
  }
  const endedEarly = page.total !== null && seen < page.total; // no link to a next page, though there is more
  const idle = since === null ? run.kind === "poll" && isListModel(stage.model) : seen === 0;
  const readTo = await pollFrom(context, run, cursor, stage, endedEarly || idle ? null : servedAt);
  const missing = await missingFrom(context, run, cursor, stage, listed, page.total);
  const shown = sweepFollows(cursor) ? new Set(listed).size : seen;
  const wrong = missing === null || endedEarly;
  const errors = wrong ? [incomplete(stage, shown, page.total, missing === null, context.now())] : [];
  return { next: { ...nextStage(cursor), missing: missing ?? [], readTo }, errors };
}

/** How many records a page brought, usable or not. */
export function countOf(page: Page): number {
  return page.read.records.length + page.read.absent.length + page.unusable;
}

/**
 * A poll's cursor never passes what is not derived: one whose derivation comes later is moved when the run has ended.
 * One that is `idle` may stay: nothing has changed since, so that the next poll asks for the same at no cost, or the next
 * poll lists everything again anyway.
 */
async function pollFrom(
  context: SyncContext,
  run: Run,
  cursor: RunCursor,
  { model, derive }: ListStage,
  servedAt: string | null,
): Promise<RunCursor["readTo"]> {
  if (servedAt === null) return cursor.readTo;
  if (!derive) return { ...cursor.readTo, [model]: pollCursorAfter(servedAt) };
  await context.cursors.move(run.org, model, pollCursorAfter(servedAt));
  return cursor.readTo;
}

function sweepFollows(cursor: RunCursor): boolean {
  return cursor.stages[cursor.at + 1]?.do === "sweep";
}

/** What the mirror holds as present and a complete listing did not show; null when the listing was not complete. */
async function missingFrom(
  context: SyncContext,
  run: Run,
  cursor: RunCursor,
  { model }: ListStage,
  listed: number[],
  total: number | null,
): Promise<number[] | null> {
  if (!sweepFollows(cursor) || !isDeletable(model)) return [];
  if (total === null || new Set(listed).size !== total) return null;
  return context.scans.presentExcept(run.org, model, listed);
}

function incomplete({ model }: ListStage, shown: number, total: number | null, unswept: boolean, now: Date): RunError {
  const counted = total === null ? "MyCase does not say how many there are" : `MyCase counts ${total}`;
  const so = unswept ? "deletions were not looked for" : "the next poll asks for the same again";
  const detail = `The listing showed ${shown} ${model} records and ${counted}: ${so}.`;
  return { code: "listing_incomplete", detail, at: now.toISOString() };
}
