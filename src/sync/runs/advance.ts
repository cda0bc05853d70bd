import type { Failure } from "../../domain/failure.ts";
import type { RunMessage } from "../../domain/queue-message.ts";
import { isOrgList } from "../../domain/resources.ts";
import type { Run, RunProgress } from "../../domain/run.ts";
import { RUN_KINDS } from "../../domain/run-kinds.ts";
import { log } from "../../platform/log.ts";
import { err, ok, type Result } from "../../platform/result.ts";
import { yieldToEventLoop } from "../../platform/yield.ts";
import type { SyncContext } from "../context.ts";
import { countTotal } from "./count-total.ts";
import type { RunCursor } from "./cursor.ts";
import { afterLastStage } from "./finish.ts";
import { withHeartbeat } from "./heartbeat.ts";
import { queueNextStep } from "./resume.ts";
import { savedCursor } from "./saved-cursor.ts";
import { RunSession } from "./session.ts";
import type { StageKind } from "./stages.ts";
import { progress, type Step, type StepInput, type StepResult } from "./step.ts";
import { guard } from "./steps/guard.ts";
import { list } from "./steps/list.ts";
import { reconcile } from "./steps/reconcile.ts";
import { release } from "./steps/release.ts";
import { review } from "./steps/review.ts";
import { scan } from "./steps/scan.ts";

/** How long one message goes on with its run before the rest goes back into the queue, so that others get their turn. */
const TIME_SLICE_MS = { live: 2_000, bulk: 10_000 };

const STEPS: { [K in StageKind]: Step<K> } = { list, reconcile, guard, scan, review, release };

function takeStep<K extends StageKind>(kind: K, input: StepInput<K>): Promise<Result<StepResult, Failure>> {
  return STEPS[kind](input);
}

/**
 * Goes on with the run that its message names, until it ends or its time slice is over; then the next step is queued. A
 * message whose step has been done by another delivery does nothing.
 */
export async function advanceRun(context: SyncContext, message: RunMessage): Promise<Result<null, Failure>> {
  const started = Date.now();
  const saved = await context.runs.get(message.org, message.run);
  if (saved?.step !== message.step) return ok(null);
  const session = new RunSession(context, saved);
  for (let run = session.run; run; run = session.run) {
    const slice = TIME_SLICE_MS[RUN_KINDS[run.kind].lane];
    if (run !== saved && Date.now() - started > slice) return queueRest(context, session);
    const done = await runStep(context, session, run);
    if (!done.ok) return failedStep(context, session, message, done.failure);
    await yieldToEventLoop();
  }
  return ok(null);
}

async function queueRest(context: SyncContext, session: RunSession): Promise<Result<null, Failure>> {
  const run = await session.save();
  if (run) await queueNextStep(context, run);
  return ok(null);
}

/** If this message already saved progress the step gets a message of its own, so that its attempts are counted anew. */
async function failedStep(
  context: SyncContext,
  session: RunSession,
  message: RunMessage,
  failure: Failure,
): Promise<Result<null, Failure>> {
  const run = await session.save();
  if (run?.step === message.step) return err(failure);
  if (run) log("warn", "run.step", { org: run.org, run: run.id, step: run.step, failure: failure.kind });
  return queueRest(context, session);
}

async function runStep(context: SyncContext, session: RunSession, run: Run): Promise<Result<null, Failure>> {
  const started = Date.now();
  await session.begin();
  const cursor = await withConfigVersion(context, run, await savedCursor(context, run));
  const stage = cursor.current;
  if (!stage) return ok(await session.add({ ...progress({}), cursor: null, total: run.done, mycase_requests: 0 }));
  const input = { context, run, cursor, stage, mycase: context.mycase(run.org, RUN_KINDS[run.kind].lane) };
  const step = await withHeartbeat(context, run, () => takeStep(stage.kind, input));
  if (!step.ok) return step;
  if (step.value.kind === "held") return ok(await session.hold(step.value));
  const added = step.value.progress;
  const next =
    step.value.cursor.current === null ? await afterLastStage(context, run, step.value.cursor) : step.value.cursor;
  const total = await totalAfter(input, next === null ? run.done + added.done : null);
  if (!total.ok) return total;
  const mycase_requests = input.mycase.requests();
  report(input, { ...added, mycase_requests }, Date.now() - started);
  return ok(await session.add({ ...added, cursor: next, total: total.value, mycase_requests }));
}

/** Once the org's own lists are in, what the run derives with is known. */
async function withConfigVersion(context: SyncContext, run: Run, cursor: RunCursor): Promise<RunCursor> {
  const { current } = cursor;
  const listsAreIn = current?.kind !== "list" || !isOrgList(current.model);
  if (cursor.configVersion !== null || !listsAreIn) return cursor;
  const versions = await context.orgs.configVersion(run.org);
  return { ...cursor, configVersion: versions?.config_version ?? null };
}

/** The run's total where it becomes known: counted with its first step, or `atEnd` what it came to. */
async function totalAfter(input: StepInput<StageKind>, atEnd: number | null): Promise<Result<number | null, Failure>> {
  if (input.run.total !== null) return ok(null);
  return RUN_KINDS[input.run.kind].countsTotal ? countTotal(input) : ok(atEnd);
}

function report(
  { context, run, stage }: StepInput<StageKind>,
  added: Omit<RunProgress, "cursor" | "total">,
  ms: number,
) {
  const figures = { done: added.done, mycase_requests: added.mycase_requests, rows_written: added.rows_written, ms };
  log("info", "run.step", { org: run.org, run: run.id, kind: run.kind, step: run.step, stage: stage.kind, ...figures });
  context.measure("run.step", run.org, [run.kind, stage.kind], Object.values(figures));
}
