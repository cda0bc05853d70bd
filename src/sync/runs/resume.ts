import type { RunMessage } from "../../domain/queue-message.ts";
import type { Run } from "../../domain/run.ts";
import { RUN_KINDS } from "../../domain/run-kinds.ts";
import type { SyncContext } from "../context.ts";

const STALE_AFTER_MS = 60_000; // a run without a heartbeat for this long is taken up again

/** The message that does the run's next step. */
export function stepMessage({ org, id, kind, step }: Run): RunMessage {
  return { kind: "run", org, run: id, step, lane: RUN_KINDS[kind].lane };
}

/** Queues the next step. Safe to repeat: a step that has been done is passed over. */
export async function queueNextStep(context: SyncContext, run: Run): Promise<void> {
  await context.enqueue([stepMessage(run)]);
}

/** Takes up a run that nobody is at. */
export async function resumeRun(context: SyncContext, run: Run): Promise<void> {
  await context.runs.heartbeat(run, context.now(), false);
  await queueNextStep(context, run);
}

/** Takes up the org's runs that wait for a connection. */
export async function resumeRuns(context: SyncContext, org: string): Promise<void> {
  for (const run of await context.runs.working(org)) await resumeRun(context, run);
}

/** Takes up every run, of any org, whose work was lost. */
export async function reclaimStaleRuns(context: SyncContext): Promise<number> {
  const now = context.now();
  const stale = await context.runs.reclaimStale(new Date(now.getTime() - STALE_AFTER_MS), now);
  await context.enqueue(stale.map(stepMessage));
  return stale.length;
}

export function isStale(run: Run, now: Date): boolean {
  return run.state !== "held" && now.getTime() - Date.parse(run.heartbeat_at) > STALE_AFTER_MS;
}

/** The run's step waits in its queue: it is not stale until that time is over. */
export async function postponeRun(context: SyncContext, message: RunMessage, seconds: number): Promise<void> {
  const run = await context.runs.get(message.org, message.run);
  if (run) await context.runs.heartbeat(run, new Date(context.now().getTime() + seconds * 1000), false);
}
