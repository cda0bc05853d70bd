import type { Failure } from "../../domain/failure.ts";
import type { StartMessage } from "../../domain/queue-message.ts";
import { ok, type Result } from "../../platform/result.ts";
import type { SyncContext } from "../context.ts";
import { laneOf } from "./lane-of.ts";
import { isNightlyDue } from "./nightly-due.ts";
import { performRunStep } from "./perform-run-step.ts";
import { openRun, queueStep, startRun, stepJob } from "./start-run.ts";

/** Starts the run that cron found due. The message may come late, or twice: a nightly that has been is not done again. */
export async function startDue(context: SyncContext, { org, run: kind }: StartMessage): Promise<Result<null, Failure>> {
  const clockwork = await context.orgs.runSchedule(org);
  if (!clockwork) return ok(null); // the org is gone
  if (kind === "nightly" && !isNightlyDue(context.now(), clockwork.timezone, clockwork.last_full_at)) return ok(null);
  if (laneOf(kind) === "live") return doAtOnce(context, org, kind);
  const started = await startRun(context, org, kind, "cron");
  return started.ok ? ok(null) : started;
}

/** A quiet firm's poll is one message in all: its first turn is done here. If that fails, the run has a message of its own. */
async function doAtOnce(context: SyncContext, org: string, kind: StartMessage["run"]): Promise<Result<null, Failure>> {
  const opened = await openRun(context, org, kind, { trigger: "cron", begun: true });
  if (!opened.ok) return opened;
  const { run, idle } = opened.value;
  if (!idle) return ok(null);
  let done: Result<null, Failure> | null = null;
  try {
    done = await performRunStep(context, stepJob(run, run.step));
  } finally {
    if (!done?.ok) await queueStep(context, run, run.step);
  }
  return ok(null);
}
