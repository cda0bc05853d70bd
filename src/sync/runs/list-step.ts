import type { LoadedRows, Scope } from "../../db/facts/load.ts";
import type { Meter } from "../../db/save/misses.ts";
import type { RunProgress } from "../../db/stores/run-store.ts";
import type { Failure } from "../../domain/failure.ts";
import { hasWebhooks } from "../../domain/model.ts";
import type { Read } from "../../domain/read.ts";
import type { Run } from "../../domain/runs.ts";
import type { MyCase, Page } from "../../mycase/client.ts";
import { fail, ok, type Result } from "../../platform/result.ts";
import type { MappingForecast } from "../change-mapping.ts";
import type { SyncContext } from "../context.ts";
import { idsOf } from "../keep-records.ts";
import { readPeople } from "../read-people.ts";
import { settle } from "../settle.ts";
import { afterPage, countOf } from "./after-page.ts";
import type { RunCursor } from "./cursor.ts";
import { weighPage } from "./guard-step.ts";
import { laneOf } from "./lane-of.ts";
import type { ListStage } from "./stages.ts";

/** What a step did and where the run goes on; `held` instead when it must be asked first. */
export type Step = Omit<RunProgress, "cursor"> & { cursor: RunCursor; held?: MappingForecast };

const MOST_RESTARTS = 3;
const ON_ITS_WAY_MS = 30 * 1000; // the event of a change this fresh may be on its way, and is not called missed

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

  const seen = await believable(context, mycase, run, cursor, stage, page.value);
  if (!seen.ok) return seen;
  const scope = scopeOf(stage, page.value.read);
  const meter = meterFor(run, stage, page.value);
  const { stale, rows, rowsWritten, missed } = await context.store.absorb(run.org, [page.value.read], scope, meter);
  if (stale.length > 0)
    return ok({ ...nothing(cursor), mycase_requests: mycase.requests(), rows_written: rowsWritten });
  const held = stage.derive && !cursor.approved ? await weighPage(context, run, rows) : null;
  if (held) return ok({ ...nothing(cursor), mycase_requests: mycase.requests(), rows_written: rowsWritten, held });
  const settled = await derived(context, run, stage, scope, rows);
  if (!settled.ok) return settled;

  const listed = page.value.read.records.map((record) => record.id);
  if (listed.length > 0) await context.deadLetters.closeFor(run.org, stage.model, listed, run.kind, context.now());

  const { next, errors } = await afterPage(context, run, cursor, stage, page.value);
  return ok({
    cursor: next,
    done: Math.max(0, Math.max(next.seen, cursor.seen + countOf(page.value)) - Math.max(cursor.best, cursor.seen)),
    total: null,
    counts: {
      [stage.model]: page.value.read.records.length,
      changed: settled.value.changes.length,
      ...(meter ? { missed_by_webhooks: missed } : {}),
    },
    mycase_requests: mycase.requests(),
    rows_written: rowsWritten + settled.value.rowsWritten,
    errors: [...unusable(page.value, stage, context.now()), ...errors],
  });
}

/** Derives what the page is about; people whom its cases name and the listings did not show are read one by one. */
async function derived(context: SyncContext, run: Run, stage: ListStage, scope: Scope, rows: LoadedRows) {
  if (!stage.derive) return ok({ changes: [], cases: [], rowsWritten: 0 });
  const mycase = context.mycase(run.org, laneOf(run.kind));
  const people = await readPeople(context, mycase, run.org, rows, scope, { told: new Map(), thorough: false });
  if (!people.ok) return people;
  const settled = await settle(context, run.org, scope, { trigger: run.kind, job: run.id }, people.value.rows);
  if (people.value.failure) return fail(people.value.failure);
  if (!settled.ok) return settled;
  return ok({ ...settled.value, rowsWritten: settled.value.rowsWritten + people.value.rowsWritten });
}

function scopeOf(stage: ListStage, read: Read): Scope {
  const ids = stage.derive ? idsOf(read) : [];
  const of = (model: Read["model"]) => (stage.model === model ? ids : []);
  return { cases: of("case"), clients: of("client"), staff: of("staff"), leads: of("lead"), after: 0 };
}

/**
 * The count of all cases tells whether the user who granted access still sees the firm: a whole listing brings it, a poll
 * asks for it. Where it collapses nothing is concluded from what is missing.
 */
async function believable(
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
  if (await connection.believes(counted.value)) return ok(null);
  // Deletions that webhooks told of, and a 404 proved, are believed too.
  if (await connection.believes(counted.value, await context.walks.countPresentCases(run.org))) return ok(null);
  return fail({ kind: "forbidden", detail: "The connection suddenly sees far fewer cases than before." });
}

/** Polls and nightlies look over the shoulder of the webhooks, for the kinds that have any. */
function meterFor(run: Run, stage: ListStage, page: Page): Meter | null {
  if (run.kind !== "poll" && run.kind !== "nightly") return null;
  if (!hasWebhooks(stage.model)) return null;
  const heardFrom = new Date(Date.parse(page.servedAt) - ON_ITS_WAY_MS).toISOString();
  return { foundBy: run.kind, servedAt: page.servedAt, heardFrom };
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
