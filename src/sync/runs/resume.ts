import type { RunMessage } from "../../domain/queue-message.ts";
import type { Run } from "../../domain/run.ts";
import { RUN_KINDS } from "../../domain/run-kinds.ts";
import type { Backlog, SyncContext } from "../context.ts";

const STALE_AFTER_MS = 60_000; // a run without a heartbeat for this long is taken up again
const MAX_QUEUE_WAIT_MS = 15 * 60_000; // a message that waits for another org's outage must not hide a lost one for ever

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
  const silentSince = new Date(now.getTime() - STALE_AFTER_MS);
  const stale = await context.runs.silent(silentSince);
  if (stale.length === 0) return 0;
  const backlog = await context.backlog();
  const lost = stale.filter((run) => !mayWaitInQueue(run, backlog, now)).map(({ id }) => id);
  const reclaimed = await context.runs.reclaim(lost, silentSince, now);
  await context.enqueue(reclaimed.map(stepMessage));
  return reclaimed.length;
}

/** Whether its queue still holds messages as old as the run's last heartbeat: the run's own may be among them. */
function mayWaitInQueue(
  { kind, heartbeat_at }: Pick<Run, "kind" | "heartbeat_at">,
  backlog: Backlog[],
  now: Date,
): boolean {
  if (now.getTime() - Date.parse(heartbeat_at) > MAX_QUEUE_WAIT_MS) return false;
  const queue = backlog.find((entry) => entry.queue === RUN_KINDS[kind].lane);
  if (!queue || queue.oldest_at === null) return false;
  return Date.parse(queue.oldest_at) - Date.parse(heartbeat_at) <= STALE_AFTER_MS; // it is queued after the heartbeat
}

export function isStale(run: Run, now: Date): boolean {
  return run.state !== "held" && now.getTime() - Date.parse(run.heartbeat_at) > STALE_AFTER_MS;
}

/** The run's step waits in its queue: it is not stale until that time is over. */
export async function postponeRun(context: SyncContext, message: RunMessage, seconds: number): Promise<void> {
  const run = await context.runs.get(message.org, message.run);
  if (run) await context.runs.heartbeat(run, new Date(context.now().getTime() + seconds * 1000), false);
}
