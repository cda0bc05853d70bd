import type { Failure } from "../../domain/failure.ts";
import type { RecordMessage } from "../../domain/queue-message.ts";
import { ok, type Result } from "../../platform/result.ts";
import type { SyncContext } from "../context.ts";
import { syncRecords } from "../records/sync-records.ts";
import { resyncResult } from "./resync-result.ts";

/** Performs a manual resync and stores its result (T1). The failure, if any, is for the queue to judge. */
export async function performResync(context: SyncContext, message: RecordMessage): Promise<Result<null, Failure>> {
  const { org, model, id, trigger, job } = message;
  const resync = await context.resyncs.get(org, job);
  if (resync && resync.state !== "queued" && resync.state !== "running") return ok(null);
  await context.resyncs.start(org, job, context.now());
  const options = { trigger, job, lane: "live", refreshAllPeople: true } as const;
  const [synced] = await syncRecords(context, org, [{ model, id }], options);
  if (!synced) throw new Error("no result for the requested record");
  if (!synced.ok) return synced;
  // From the ledger: an earlier attempt may have committed what this one found unchanged.
  const changes = await context.resyncs.changes(org, job);
  await context.resyncs.finish(org, job, resyncResult(id, synced.value, changes), context.now());
  return ok(null);
}
