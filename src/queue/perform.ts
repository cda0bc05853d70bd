import type { Failure } from "../domain/failure.ts";
import type { QueueMessage, RecordMessage } from "../domain/queue-message.ts";
import { ok, type Result } from "../platform/result.ts";
import type { SyncContext } from "../sync/context.ts";
import { syncRecords } from "../sync/records/sync-records.ts";
import { performResync } from "../sync/resync/perform-resync.ts";
import { advanceRun } from "../sync/runs/advance.ts";
import { startDue } from "../sync/runs/start-due.ts";
import { ensureSubscriptions } from "../sync/webhooks/subscriptions.ts";

/** Does the work of one message. */
export async function performMessage(context: SyncContext, message: QueueMessage): Promise<Result<null, Failure>> {
  switch (message.kind) {
    case "record":
      return performResync(context, message);
    case "run":
      return advanceRun(context, message);
    case "start":
      return startDue(context, message);
    case "subscribe":
      return ensureSubscriptions(context, message.org);
    case "unrecognised":
      return ok(null); // it has been counted, and there is nothing to read
  }
}

/** Syncs distinct records of one org that one kind of trigger names; one result for each, in their order. */
export async function performRecords(
  context: SyncContext,
  org: string,
  messages: RecordMessage[],
): Promise<Result<unknown, Failure>[]> {
  const first = messages[0];
  if (!first) return [];
  return syncRecords(context, org, messages, {
    trigger: first.trigger,
    job: first.job,
    lane: "live",
    refreshAllPeople: false,
  });
}
