import type { Failure } from "../../domain/failure.ts";
import type { RunJob } from "../../domain/job.ts";
import type { Run } from "../../domain/runs.ts";
import { ok, type Result } from "../../platform/result.ts";
import type { SyncContext } from "../context.ts";
import { type RunCursor, runCursor } from "./cursor.ts";
import { listStep, type Step } from "./list-step.ts";
import { totalOf } from "./run-total.ts";
import { queueStep, startRun } from "./start-run.ts";
import { walkStep } from "./walk-step.ts";

/**
 * Does the step of a run that its message names, saves how far it got, and queues the next. A message whose step has
 * been done by another delivery does nothing.
 */
export async function performRunStep(context: SyncContext, job: RunJob): Promise<Result<null, Failure>> {
  const run = await context.runs.get(job.org, job.run);
  if (!run || run.step !== job.step || (run.state !== "queued" && run.state !== "running")) return ok(null);
  await context.runs.beat(run, context.now());
  const cursor = runCursor.parse(run.cursor);
  const step = await takeStep(context, run, await prepared(context, run, cursor));
  if (!step.ok) return step;
  const ended = step.value.cursor.at >= step.value.cursor.stages.length;
  if (ended) await conclude(context, run, step.value.cursor);
  const total = step.value.total ?? (ended && run.total === null ? run.done + step.value.done : null);
  const progress = { ...step.value, total, cursor: ended ? null : step.value.cursor };
  const moved = await context.runs.advance(run, progress, context.now());
  if (moved && !ended) await queueStep(context, run, run.step + 1);
  return ok(null);
}

async function takeStep(context: SyncContext, run: Run, cursor: RunCursor): Promise<Result<Step, Failure>> {
  const stage = cursor.stages[cursor.at];
  if (!stage) return ok({ cursor, done: 0, total: null, counts: {}, mycase_requests: 0, rows_written: 0, errors: [] });
  const taken =
    stage.do === "list" ? await listStep(context, run, cursor, stage) : await walkStep(context, run, cursor, stage);
  if (!taken.ok || run.total !== null) return taken;
  const total = await totalOf(context, run, cursor);
  if (!total.ok) return total;
  const requests = taken.value.mycase_requests + total.value.requests;
  return ok({ ...taken.value, total: total.value.total, mycase_requests: requests });
}

/** Once the firm's own lists are in, what the run derives with is known. */
async function prepared(context: SyncContext, run: Run, cursor: RunCursor): Promise<RunCursor> {
  const stage = cursor.stages[cursor.at];
  const listsAreIn = stage?.do === "walk" || stage?.model === "staff";
  if (cursor.configVersion !== null || !listsAreIn) return cursor;
  const versions = await context.orgs.configVersion(run.org);
  return { ...cursor, configVersion: versions?.config ?? null };
}

/**
 * A run that derived everything says with which configuration; one that found the firm's lists changed has everything
 * derived anew (a renamed group concerns people whom MyCase does not report as changed).
 */
async function conclude(context: SyncContext, run: Run, cursor: RunCursor): Promise<void> {
  const derivesAll = run.kind === "backfill" || run.kind === "nightly" || run.kind === "mapping";
  if (derivesAll && cursor.configVersion !== null) await context.orgs.setDerived(run.org, cursor.configVersion);
  const versions = await context.orgs.configVersion(run.org);
  const due = versions !== null && versions.derived < versions.config;
  if (due && run.kind !== "mapping") await startRun(context, run.org, "mapping", run.kind);
}
