import type { LoadedRows, Scope } from "../../db/facts/load.ts";
import type { Meter } from "../../db/save/misses.ts";
import type { Failure } from "../../domain/failure.ts";
import type { RecordJob } from "../../domain/job.ts";
import { hasWebhooks, isListModel } from "../../domain/model.ts";
import type { Read } from "../../domain/read.ts";
import type { Run } from "../../domain/runs.ts";
import type { MyCase, Page } from "../../mycase/client.ts";
import { fail, ok, type Result } from "../../platform/result.ts";
import type { MappingForecast } from "../change-mapping.ts";
import type { SyncContext } from "../context.ts";
import { idsOf } from "../keep-records.ts";
import { readPeople } from "../read-people.ts";
import { settle } from "../settle.ts";
import { countOf } from "./after-page.ts";
import type { RunCursor } from "./cursor.ts";
import { weighPage } from "./guard-step.ts";
import type { ListStage } from "./stages.ts";

const ON_ITS_WAY_MS = 30 * 1000; // the event of a change this fresh may be on its way, and is not called missed

/** What came of a page: saved; overtaken by a later listing, so that it must be read again; or what it would do, to be asked first. */
export interface TakenIn {
  verdict: "saved" | "overtaken" | MappingForecast;
  counts: Record<string, number>;
  rowsWritten: number;
}

/** Keeps the page in the mirror, and saves what derives from it; one that shows nothing costs nothing. */
export async function takeIn(
  context: SyncContext,
  mycase: MyCase,
  run: Run,
  cursor: RunCursor,
  stage: ListStage,
  page: Page,
): Promise<Result<TakenIn, Failure>> {
  const { org } = run;
  const scope = scopeOf(stage, page.read);
  const meter = meterFor(run, stage, page);
  const counted = (changed: number, missed: number) => ({ changed, ...(meter ? { missed_by_webhooks: missed } : {}) });
  if (countOf(page) === 0) return ok({ verdict: "saved", counts: counted(0, 0), rowsWritten: 0 });
  const { stale, rows, rowsWritten, missed } = await context.store.absorb(org, [page.read], scope, meter);
  await buryUnusable(context, run, page.read);
  if (stale.length > 0) return ok({ verdict: "overtaken", counts: {}, rowsWritten });
  const held = stage.derive && !cursor.approved ? await weighPage(context, run, rows) : null;
  if (held) return ok({ verdict: held, counts: {}, rowsWritten });
  const settled = await derived(context, mycase, run, stage, scope, rows);
  if (!settled.ok) return settled;

  const listed = isListModel(stage.model) ? [] : page.read.records.map((record) => record.id);
  if (listed.length > 0) await context.deadLetters.closeFor(org, stage.model, listed, run.kind, context.now());
  const counts = counted(settled.value.changes.length, missed);
  return ok({ verdict: "saved", counts, rowsWritten: rowsWritten + settled.value.rowsWritten });
}

/** What has not the documented form is kept for an operator, like a record of which a webhook told (T2). */
async function buryUnusable(context: SyncContext, run: Run, { model, gaps }: Read): Promise<void> {
  const unusable = gaps.filter((gap) => gap.state === "malformed");
  if (unusable.length === 0 || isListModel(model)) return;
  const jobs = unusable.map(
    ({ id }): RecordJob => ({ kind: "record", org: run.org, model, id, trigger: run.kind, action: null, job: run.id }),
  );
  await context.deadLetters.addRecords(run.org, jobs, MALFORMED, context.now());
}

const MALFORMED = { code: "malformed", detail: "A listing showed the record in a form that is not the documented one" };

/** Derives what the page is about; people whom its cases name and the listings did not show are read one by one. */
async function derived(
  context: SyncContext,
  mycase: MyCase,
  run: Run,
  stage: ListStage,
  scope: Scope,
  rows: LoadedRows,
) {
  if (!stage.derive) return ok({ changes: [], cases: [], rowsWritten: 0 });
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

/** Polls and nightlies look over the shoulder of the webhooks, for the kinds that have any. */
function meterFor(run: Run, stage: ListStage, page: Page): Meter | null {
  if (run.kind !== "poll" && run.kind !== "nightly") return null;
  if (!hasWebhooks(stage.model)) return null;
  const heardFrom = new Date(Date.parse(page.servedAt) - ON_ITS_WAY_MS).toISOString();
  return { foundBy: run.kind, servedAt: page.servedAt, heardFrom };
}
