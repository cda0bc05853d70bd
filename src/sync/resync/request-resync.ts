import type { Failure } from "../../domain/failure.ts";
import type { RecordMessage } from "../../domain/queue-message.ts";
import type { Resync } from "../../domain/resync.ts";
import { err, ok, type Result } from "../../platform/result.ts";
import { missingAccess } from "../connection/access.ts";
import type { SyncContext } from "../context.ts";

/** A person may press again after a minute; a message that waits for MyCase rests for at most 19 minutes. */
const MAX_SILENCE_MS = { press: 60_000, cron: 30 * 60_000 };

/** Opens a manual resync of one case and queues it; the resync in flight for that case is given again (R58). */
export async function requestResync(
  context: SyncContext,
  org: string,
  caseId: number,
): Promise<Result<Resync, Failure>> {
  const missing = await missingAccess(context, org);
  if (missing) return err(missing);
  const now = context.now();
  const { job: resync, heartbeatAt } = await context.resyncs.open(org, caseId, now);
  // One that is in flight has its message already, unless that was lost.
  const queued = heartbeatAt !== null && now.getTime() - Date.parse(heartbeatAt) < MAX_SILENCE_MS.press;
  if (!queued) await queueAll(context, [resync]);
  return ok(resync);
}

/** Queues again, for every org, what has shown no sign of life for so long that its message must be lost. */
export async function reclaimStaleResyncs(context: SyncContext): Promise<number> {
  const stale = await context.resyncs.stale(new Date(context.now().getTime() - MAX_SILENCE_MS.cron));
  await queueAll(context, stale);
  return stale.length;
}

/** Queued first and noted then: what is noted as queued always has a message. */
async function queueAll(context: SyncContext, resyncs: Resync[]): Promise<void> {
  await context.enqueue(resyncs.map(messageOf));
  await context.resyncs.touch(resyncs, context.now());
}

/** Queues every resync that somebody waits for, now that it can be done. */
export async function resumeResyncs(context: SyncContext, org: string): Promise<void> {
  await queueAll(context, await context.resyncs.unfinished(org));
}

function messageOf({ org, id, case_id }: Resync): RecordMessage {
  return { kind: "record", org, model: "case", id: case_id, trigger: "manual", action: null, job: id };
}
