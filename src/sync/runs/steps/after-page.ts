import { idsOf } from "../../../domain/read.ts";
import { isOrgList } from "../../../domain/resources.ts";
import type { Run } from "../../../domain/run.ts";
import { type Page, pageSize } from "../../../mycase/client/client.ts";
import { type CursorOf, nextStage, type RunCursor } from "../cursor.ts";
import type { StepInput } from "../step.ts";

const OVERLAP_MS = 2 * 60 * 1000; // an index may lag behind, and a listing takes its time; re-reading is free, missing is not
const MAX_REPEAT_MS = 30 * 60 * 1000;

interface AfterPage {
  cursor: RunCursor;
  /** What the end of the listing gave cause to note. */
  errors: Run["errors"];
}

/** Where a run goes on after a page that is saved. `since`: from when changes were asked for, null when everything was. */
export async function afterPage(input: StepInput<"list">, page: Page, since: string | null): Promise<AfterPage> {
  const { context, run, cursor, stage } = input;
  const servedAt = stage.servedAt ?? page.servedAt;
  const seen = stage.seen + pageSize(page);
  if (stage.detectMissing) {
    const { page: number, model } = stage;
    await context.runPages.save(run, model, { page: number, ids: idsOf(page.read), ticket: page.read.ticket });
  }
  if (page.next !== null) {
    const best = Math.max(stage.best, seen);
    const current = { ...stage, next: page.next, page: stage.page + 1, servedAt, seen, best };
    return { cursor: { ...cursor, current }, errors: [] };
  }
  const endedEarly = page.total !== null && seen < page.total; // no link to a next page, though there is more
  const repeat = endedEarly && !isOverdue(since, servedAt);
  const unchanged = since === null ? run.kind === "poll" && isOrgList(stage.model) : seen === 0;
  const readTo = repeat || unchanged ? cursor.readTo : await movePollCursor(input, servedAt);
  const next = { ...cursor, readTo };
  if (!stage.detectMissing) {
    const errors = endedEarly ? [incomplete(input, { shown: seen, total: page.total, affects: "poll" })] : [];
    return { cursor: afterListing(next, stage, true), errors };
  }
  const listed = await context.runPages.countListed(run, stage.model);
  if (listed === page.total) return { cursor: afterListing(next, stage, true), errors: [] };
  const error = incomplete(input, { shown: listed, total: page.total, affects: "reconcile" });
  await context.listingTroubles.note(run, { ...error, model: stage.model, kind: "deletions_unchecked" }, context.now());
  await context.runPages.clear(run, stage.model);
  return { cursor: afterListing(next, stage, false), errors: [error] };
}

/** The stage after a listing; what an incomplete one did not show is not asked for. */
export function afterListing(cursor: RunCursor, stage: CursorOf<"list">, complete: boolean): RunCursor {
  const next = nextStage(cursor);
  return stage.detectMissing && !complete ? nextStage(next) : next;
}

/** Where MyCase's count never agrees with what it lists, the same changes are not asked for again for ever: a nightly lists everything. */
function isOverdue(since: string | null, servedAt: string): boolean {
  return since !== null && Date.parse(servedAt) - Date.parse(since) > MAX_REPEAT_MS;
}

/** A poll's cursor never passes what is not derived: one whose derivation comes later is moved when the run has ended. */
async function movePollCursor(
  { context, run, cursor, stage }: StepInput<"list">,
  servedAt: string,
): Promise<RunCursor["readTo"]> {
  const updatedAfter = pollCursorAfter(servedAt);
  if (!stage.derive) return { ...cursor.readTo, [stage.model]: updatedAfter };
  await context.cursors.move(run.org, stage.model, updatedAfter);
  return cursor.readTo;
}

/** From when the next poll asks, given MyCase's own clock at the start of this one: a little earlier than that. */
function pollCursorAfter(servedAt: string): string {
  return new Date(Date.parse(servedAt) - OVERLAP_MS).toISOString().replace(/\.\d{3}Z$/, "Z");
}

/** `affects`: what cannot conclude anything from such a listing. */
function incomplete(
  { context, stage }: StepInput<"list">,
  { shown, total, affects }: { shown: number; total: number | null; affects: "poll" | "reconcile" },
): Run["errors"][number] {
  const counted = total === null ? "MyCase does not say how many there are" : `MyCase counts ${total}`;
  const effect = affects === "reconcile" ? "deletions were not looked for" : "the next poll asks for the same again";
  const detail = `The listing showed ${shown} ${stage.model} records and ${counted}: ${effect}.`;
  return { code: "listing_incomplete", detail, at: context.now().toISOString() };
}
