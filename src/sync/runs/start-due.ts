import type { Failure } from "../../domain/failure.ts";
import type { StartMessage } from "../../domain/queue-message.ts";
import { RUN_KINDS, type RunKind } from "../../domain/run-kinds.ts";
import { ok, type Result } from "../../platform/result.ts";
import type { SyncContext } from "../context.ts";
import { advanceRun } from "./advance.ts";
import { isNightlyDue } from "./nightly-due.ts";
import { openRun } from "./open.ts";
import { queueNextStep, stepMessage } from "./resume.ts";
import { startRun } from "./start.ts";

/** Starts the run that cron found due. The message may come late, or twice: a nightly that has been is not done again. */
export async function startDue(context: SyncContext, { org, run: kind }: StartMessage): Promise<Result<null, Failure>> {
  const schedule = await context.orgs.runSchedule(org);
  if (!schedule) return ok(null); // the org is gone
  if (kind === "nightly" && !isNightlyDue(context.now(), schedule.timezone, schedule.last_full_at)) return ok(null);
  if (RUN_KINDS[kind].lane === "live") return startAtOnce(context, org, kind);
  const started = await startRun(context, org, kind, { trigger: "cron" });
  return started.ok ? ok(null) : started;
}

/** A quiet org's poll is one message in all: its first turn is done here. If that fails, the run has a message of its own. */
async function startAtOnce(context: SyncContext, org: string, kind: RunKind): Promise<Result<null, Failure>> {
  const opened = await openRun(context, org, kind, { trigger: "cron", begun: true });
  if (!opened.ok) return opened;
  const { run, idle } = opened.value;
  if (!idle) return ok(null);
  let done: Result<null, Failure> | null = null;
  try {
    done = await advanceRun(context, stepMessage(run));
  } finally {
    if (!done?.ok) await queueNextStep(context, run);
  }
  return ok(null);
}
