import type { Failure } from "../../../domain/failure.ts";
import type { Run, RunProgress } from "../../../domain/run.ts";
import type { MyCase, Page } from "../../../mycase/client/client.ts";
import { err, ok, type Result } from "../../../platform/result.ts";
import type { SyncContext } from "../../context.ts";
import type { MappingPreview } from "../../mapping/change-mapping.ts";
import { malformedDetail } from "../../records/malformed-record.ts";
import type { RunCursor } from "../cursor.ts";
import { laneOf } from "../lane-of.ts";
import type { ListStage } from "../stages.ts";
import { afterPage, countOf } from "./after-page.ts";
import { savePage } from "./save-page.ts";

/** What a step did and where the run goes on; `held` instead when it must be asked first. */
export type StepResult = Omit<RunProgress, "cursor"> & { cursor: RunCursor; held?: MappingPreview };

const MAX_RESTARTS = 3;

/** One page of a listing: read, kept, derived, saved. The cursor it gives leads on to the next page. */
export async function listStep(
  context: SyncContext,
  run: Run,
  cursor: RunCursor,
  stage: ListStage,
): Promise<Result<StepResult, Failure>> {
  const mycase = context.mycase(run.org, laneOf(run.kind));
  const since = stage.changedOnly ? await context.cursors.get(run.org, stage.model) : null;
  const page = await mycase.readPage(
    stage.model,
    cursor.next ? { next: cursor.next } : since ? { updatedAfter: since } : {},
  );
  if (!page.ok) return restartable(cursor, page.failure) ? ok(restarted(cursor, mycase.requests())) : page;

  const believed = await checkVisibleCases(context, mycase, run, cursor, stage, page.value);
  if (!believed.ok) return believed;
  const taken = await savePage(context, mycase, run, cursor, stage, page.value);
  if (!taken.ok) return taken;
  const { verdict, rowsWritten } = taken.value;
  const used = { mycase_requests: mycase.requests(), rows_written: rowsWritten };
  if (verdict === "overtaken") return ok({ ...nothing(cursor), ...used });
  if (verdict !== "saved") return ok({ ...nothing(cursor), ...used, held: verdict });

  const { next, errors } = await afterPage(context, run, cursor, stage, page.value, since);
  return ok({
    cursor: next,
    done: Math.max(0, Math.max(next.seen, cursor.seen + countOf(page.value)) - Math.max(cursor.best, cursor.seen)),
    total: null,
    counts: { [stage.model]: page.value.read.records.length, ...taken.value.counts },
    ...used,
    errors: [...unusable(page.value, stage, context.now()), ...errors],
  });
}

/**
 * The count of all cases tells whether the user who granted access still sees the firm: a whole listing brings it, a poll
 * asks for it. Where it collapses nothing is concluded from what is missing.
 */
async function checkVisibleCases(
  context: SyncContext,
  mycase: MyCase,
  run: Run,
  cursor: RunCursor,
  stage: ListStage,
  page: Page,
): Promise<Result<null, Failure>> {
  if (stage.model !== "case" || cursor.next !== null) return ok(null);
  const counted = stage.changedOnly ? await mycase.count("case") : ok(page.total);
  if (!counted.ok) return counted;
  if (counted.value === null) return ok(null);
  const connection = context.connection(run.org);
  if (await connection.acceptCaseCount(counted.value)) return ok(null);
  // Deletions that webhooks told of, and a 404 proved, are believed too.
  if (await connection.acceptCaseCount(counted.value, await context.scans.countPresentCases(run.org))) return ok(null);
  return err({ kind: "forbidden", detail: "The connection suddenly sees far fewer cases than before." });
}

/** A page link lives three days; when MyCase no longer knows it, the listing starts over. */
function restartable(cursor: RunCursor, failure: Failure): boolean {
  const refused = failure.kind === "refused" || failure.kind === "not_found";
  return refused && cursor.next !== null && cursor.restarts < MAX_RESTARTS;
}

function restarted(cursor: RunCursor, requests: number): StepResult {
  const best = Math.max(cursor.best, cursor.seen);
  const again = { ...cursor, next: null, servedAt: null, seen: 0, listed: [], best, restarts: cursor.restarts + 1 };
  return { ...nothing(again), mycase_requests: requests, counts: { listings_restarted: 1 } };
}

function nothing(cursor: RunCursor): StepResult {
  return { cursor, done: 0, total: null, counts: {}, mycase_requests: 0, rows_written: 0, errors: [] };
}

function unusable(page: Page, stage: ListStage, now: Date): Run["errors"] {
  const at = now.toISOString();
  const errors = page.read.absent.map((gap) => ({
    code: "malformed",
    detail: malformedDetail(stage.model, gap.id),
    at,
  }));
  if (page.unusable > 0)
    errors.push({ code: "malformed", detail: `${page.unusable} ${stage.model} records have no id`, at });
  return errors;
}
