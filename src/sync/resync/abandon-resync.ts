import type { Failure } from "../../domain/failure.ts";
import type { RecordMessage } from "../../domain/queue-message.ts";
import type { SyncContext } from "../context.ts";

/** Ends a resync whose message was given up. */
export async function abandonResync(
  context: SyncContext,
  { org, job }: RecordMessage,
  { kind: code, detail }: Failure,
): Promise<void> {
  const end = { result: { outcome: code, changes: [] }, error: { code, detail } };
  await context.resyncs.finish(org, job, end, context.now());
}
