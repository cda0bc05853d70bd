import type { Failure } from "../../domain/failure.ts";
import type { RecordMessage } from "../../domain/queue-message.ts";
import type { Resync } from "../../domain/run.ts";
import { err, ok, type Result } from "../../platform/result.ts";
import { missingAccess } from "../connection/access.ts";
import type { SyncContext } from "../context.ts";

/** Opens a manual resync of one case and queues it; the resync in flight for that case is given again (R58). */
export async function requestResync(
  context: SyncContext,
  org: string,
  caseId: number,
): Promise<Result<Resync, Failure>> {
  const missing = await missingAccess(context, org);
  if (missing) return err(missing);
  const { job: resync } = await context.resyncs.open(org, caseId, context.now());
  // Also for a resync that was open already: its message may have been lost.
  await context.enqueue([messageOf(resync)]);
  return ok(resync);
}

/** Queues every resync that somebody waits for, now that it can be done. */
export async function resumeResyncs(context: SyncContext, org: string): Promise<void> {
  await context.enqueue((await context.resyncs.unfinished(org)).map(messageOf));
}

function messageOf({ org, id, case_id }: Resync): RecordMessage {
  return { kind: "record", org, model: "case", id: case_id, trigger: "manual", action: null, job: id };
}
