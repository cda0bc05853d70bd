import type { Failure } from "../../domain/failure.ts";
import type { RunMessage } from "../../domain/queue-message.ts";
import type { Model } from "../../domain/resources.ts";
import type { Run } from "../../domain/run.ts";
import { log } from "../../platform/log.ts";
import { err, ok, type Result } from "../../platform/result.ts";
import { yieldToEventLoop } from "../../platform/yield.ts";
import type { SyncContext } from "../context.ts";
import { type RunCursor, runCursor } from "./cursor.ts";
import { laneOf } from "./lane-of.ts";
import { totalOf } from "./run-total.ts";
import { RunSession } from "./session.ts";
import type { Stage } from "./stages.ts";
import { queueStep, startRun } from "./start-run.ts";
import { guardStep } from "./steps/guard-step.ts";
import { listStep, type StepResult } from "./steps/list-step.ts";
import { sweepStep } from "./steps/reconcile-step.ts";
import { scanStep } from "./steps/scan-step.ts";

/** How long one message goes on with its run before the rest goes back into the queue, so that others get their turn. */
const TIME_SLICE_MS = { live: 2_000, bulk: 10_000 };

/**
 * Goes on with the run that its message names, until it ends or its turn is over; then the next turn is queued. A message
 * whose step has been done by another delivery does nothing.
 */
export async function performRunStep(context: SyncContext, job: RunMessage): Promise<Result<null, Failure>> {
  const started = Date.now();
  const found = await context.runs.get(job.org, job.run);
  if (found?.step !== job.step) return ok(null);
  const turn = new RunSession(context, found);
  for (let run = turn.run; run; run = turn.run) {
    if (run !== found && Date.now() - started > TIME_SLICE_MS[laneOf(run.kind)]) return requeueNextStep(context, turn);
    const done = await runStep(context, turn, run);
    if (!done.ok) return retryFromSavedStep(context, turn, job, done.failure);
    await yieldToEventLoop();
  }
  return ok(null);
}

async function requeueNextStep(context: SyncContext, turn: RunSession): Promise<Result<null, Failure>> {
  const run = await turn.save();
  if (run) await queueStep(context, run, run.step);
  return ok(null);
}

/** What failed after something was saved is judged by a message of its own, with its own attempts. */
async function retryFromSavedStep(
  context: SyncContext,
  turn: RunSession,
  job: RunMessage,
  failure: Failure,
): Promise<Result<null, Failure>> {
  const run = await turn.save();
  if (run?.step === job.step) return err(failure);
  if (run) log("warn", "run.step", { org: run.org, run: run.id, step: run.step, failure: failure.kind });
  return requeueNextStep(context, turn);
}

async function runStep(context: SyncContext, turn: RunSession, run: Run): Promise<Result<null, Failure>> {
  const started = Date.now();
  await turn.begin();
  const cursor = runCursor.parse(run.cursor);
  const step = await takeStep(context, run, await prepared(context, run, cursor));
  if (!step.ok) return step;
  const { held } = step.value;
  if (held) return ok(await turn.hold({ held, cursor: step.value.cursor }));
  note(context, run, cursor, step.value, Date.now() - started);
  const ended = step.value.cursor.at >= step.value.cursor.stages.length;
  if (ended) await finishRun(context, run, step.value.cursor);
  const total = step.value.total ?? (ended && run.total === null ? run.done + step.value.done : null);
  await turn.note({ ...step.value, total, cursor: ended ? null : step.value.cursor });
  return ok(null);
}

async function takeStep(context: SyncContext, run: Run, cursor: RunCursor): Promise<Result<StepResult, Failure>> {
  const stage = cursor.stages[cursor.at];
  if (!stage) return ok({ cursor, done: 0, total: null, counts: {}, mycase_requests: 0, rows_written: 0, errors: [] });
  const taken = await takeStage(context, run, cursor, stage);
  if (!taken.ok || run.total !== null) return taken;
  const total = await totalOf(context, run, cursor);
  if (!total.ok) return total;
  const requests = taken.value.mycase_requests + total.value.requests;
  return ok({ ...taken.value, total: total.value.total, mycase_requests: requests });
}

function takeStage(
  context: SyncContext,
  run: Run,
  cursor: RunCursor,
  stage: Stage,
): Promise<Result<StepResult, Failure>> {
  switch (stage.do) {
    case "list":
      return listStep(context, run, cursor, stage);
    case "walk":
      return scanStep(context, run, cursor, stage);
    case "sweep":
      return sweepStep(context, run, cursor, stage);
    case "guard":
      return guardStep(context, run, cursor);
  }
}

/** Once the firm's own lists are in, what the run derives with is known. */
async function prepared(context: SyncContext, run: Run, cursor: RunCursor): Promise<RunCursor> {
  const stage = cursor.stages[cursor.at];
  const listsAreIn = stage?.do !== "list" || stage.model === "staff";
  if (cursor.configVersion !== null || !listsAreIn) return cursor;
  const versions = await context.orgs.configVersion(run.org);
  return { ...cursor, configVersion: versions?.config_version ?? null };
}

/**
 * A run that derived everything says with which configuration; one that found the firm's lists changed has everything
 * derived anew (a renamed group concerns people whom MyCase does not report as changed). What others were held for has
 * then been done, or is no longer to be done.
 */
async function finishRun(context: SyncContext, run: Run, cursor: RunCursor): Promise<void> {
  for (const [model, at] of Object.entries(cursor.readTo)) await context.cursors.move(run.org, model as Model, at);
  const derivesAll = run.kind === "backfill" || run.kind === "nightly" || run.kind === "mapping";
  if (derivesAll && cursor.configVersion !== null) await context.orgs.setDerived(run.org, cursor.configVersion);
  const versions = await context.orgs.configVersion(run.org);
  const due = versions !== null && versions.derived < versions.config_version;
  if (due && run.kind !== "mapping") await startRun(context, run.org, "mapping", run.kind);
  if (!due && derivesAll) await context.runs.supersede(run.org, { heldOnly: true, by: run.kind }, context.now());
}

function note(context: SyncContext, run: Run, cursor: RunCursor, step: StepResult, ms: number): void {
  const stage = cursor.stages[cursor.at]?.do ?? "end";
  const figures = { done: step.done, mycase_requests: step.mycase_requests, rows_written: step.rows_written, ms };
  log("info", "run.step", { org: run.org, run: run.id, kind: run.kind, step: run.step, stage, ...figures });
  context.measure("run.step", run.org, [run.kind, stage], Object.values(figures));
}
