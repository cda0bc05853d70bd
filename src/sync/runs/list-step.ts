import type { LoadedRows, Scope } from "../../db/facts/load.ts";
import type { RunProgress } from "../../db/stores/run-store.ts";
import type { Failure } from "../../domain/failure.ts";
import type { Read } from "../../domain/read.ts";
import type { Run } from "../../domain/runs.ts";
import type { Page } from "../../mycase/client.ts";
import { fail, ok, type Result } from "../../platform/result.ts";
import type { MappingForecast } from "../change-mapping.ts";
import type { SyncContext } from "../context.ts";
import { readPeople } from "../read-people.ts";
import { settle } from "../settle.ts";
import { nextStage, type RunCursor } from "./cursor.ts";
import { weighPage } from "./guard-step.ts";
import { laneOf } from "./lane-of.ts";
import { pollCursorAfter } from "./poll-window.ts";
import type { Stage } from "./stages.ts";

export type ListStage = Extract<Stage, { do: "list" }>;
/** What a step did and where the run goes on; `held` instead when it must be asked first. */
export type Step = Omit<RunProgress, "cursor"> & { cursor: RunCursor; held?: MappingForecast };

const MOST_RESTARTS = 3;

/** One page of a listing: read, kept, derived, saved. The cursor it gives leads on to the next page. */
export async function listStep(
  context: SyncContext,
  run: Run,
  cursor: RunCursor,
  stage: ListStage,
): Promise<Result<Step, Failure>> {
  const mycase = context.mycase(run.org, laneOf(run.kind));
  const since = stage.changedOnly ? await context.cursors.get(run.org, stage.model) : null;
  const page = await mycase.readPage(
    stage.model,
    cursor.next ? { next: cursor.next } : since ? { updatedAfter: since } : {},
  );
  if (!page.ok) return restartable(cursor, page.failure) ? ok(restarted(cursor, mycase.requests())) : page;

  const scope = scopeOf(stage, page.value.read);
  const { stale, rows, rowsWritten } = await context.store.absorb(run.org, [page.value.read], scope);
  if (stale.length > 0)
    return ok({ ...nothing(cursor), mycase_requests: mycase.requests(), rows_written: rowsWritten });
  const held = stage.derive && !cursor.approved ? await weighPage(context, run, rows) : null;
  if (held) return ok({ ...nothing(cursor), mycase_requests: mycase.requests(), rows_written: rowsWritten, held });
  const settled = await derived(context, run, stage, scope, rows);
  if (!settled.ok) return settled;

  const next = await following(context, run, cursor, stage, page.value);
  return ok({
    cursor: next,
    done: Math.max(0, Math.max(next.seen, cursor.seen + count(page.value)) - Math.max(cursor.best, cursor.seen)),
    total: null,
    counts: { [stage.model]: page.value.read.records.length, changed: settled.value.changes.length },
    mycase_requests: mycase.requests(),
    rows_written: rowsWritten + settled.value.rowsWritten,
    errors: unusable(page.value, stage, context.now()),
  });
}

/** Derives what the page is about; people whom its cases name and the listings did not show are read one by one. */
async function derived(context: SyncContext, run: Run, stage: ListStage, scope: Scope, rows: LoadedRows) {
  if (!stage.derive) return ok({ changes: [], cases: [], rowsWritten: 0 });
  const mycase = context.mycase(run.org, laneOf(run.kind));
  const people = await readPeople(context, mycase, run.org, rows, scope, { told: new Map(), thorough: false });
  if (!people.ok) return people;
  const settled = await settle(context, run.org, scope, { trigger: run.kind, job: run.id }, people.value.rows);
  return people.value.failure ? fail(people.value.failure) : settled;
}

function scopeOf(stage: ListStage, read: Read): Scope {
  const ids = stage.derive ? [...read.records, ...read.gaps].map((one) => one.id) : [];
  const of = (model: Read["model"]) => (stage.model === model ? ids : []);
  return { cases: of("case"), clients: of("client"), staff: of("staff"), leads: of("lead"), after: 0 };
}

async function following(
  context: SyncContext,
  run: Run,
  cursor: RunCursor,
  stage: ListStage,
  page: Page,
): Promise<RunCursor> {
  const servedAt = cursor.servedAt ?? page.servedAt;
  const seen = cursor.seen + count(page);
  const listed = sweepFollows(cursor) ? [...cursor.listed, ...idsOf(page)] : [];
  if (page.next !== null) {
    return { ...cursor, next: page.next, servedAt, seen, listed, best: Math.max(cursor.best, seen) };
  }
  await context.cursors.move(run.org, stage.model, pollCursorAfter(servedAt));
  const missing = await missingFrom(context, run, stage, listed, page.total);
  return { ...nextStage(cursor), missing };
}

function sweepFollows(cursor: RunCursor): boolean {
  return cursor.stages[cursor.at + 1]?.do === "sweep";
}

function idsOf(page: Page): number[] {
  return [...page.read.records, ...page.read.gaps].map((one) => one.id);
}

/** What the mirror holds as present and a listing did not show; only a listing that showed all it counted can tell. */
async function missingFrom(
  context: SyncContext,
  run: Run,
  stage: ListStage,
  listed: number[],
  total: number | null,
): Promise<number[]> {
  const { model } = stage;
  const complete = total !== null && new Set(listed).size === total;
  if (!complete || (model !== "case" && model !== "client")) return [];
  return context.walks.presentExcept(run.org, model, listed);
}

function count(page: Page): number {
  return page.read.records.length + page.read.gaps.length + page.unusable;
}

/** A page link lives three days; when MyCase no longer knows it, the listing starts over. */
function restartable(cursor: RunCursor, failure: Failure): boolean {
  const refused = failure.kind === "refused" || failure.kind === "not_found";
  return refused && cursor.next !== null && cursor.restarts < MOST_RESTARTS;
}

function restarted(cursor: RunCursor, requests: number): Step {
  const best = Math.max(cursor.best, cursor.seen);
  const again = { ...cursor, next: null, servedAt: null, seen: 0, listed: [], best, restarts: cursor.restarts + 1 };
  return { ...nothing(again), mycase_requests: requests, counts: { listings_restarted: 1 } };
}

function nothing(cursor: RunCursor): Step {
  return { cursor, done: 0, total: null, counts: {}, mycase_requests: 0, rows_written: 0, errors: [] };
}

function unusable(page: Page, stage: ListStage, now: Date): Run["errors"] {
  const at = now.toISOString();
  const errors = page.read.gaps.map((gap) => ({
    code: "malformed",
    detail: `MyCase's ${stage.model} ${gap.id} cannot be read: its form is not the documented one`,
    at,
  }));
  if (page.unusable > 0)
    errors.push({ code: "malformed", detail: `${page.unusable} ${stage.model} records have no id`, at });
  return errors;
}
