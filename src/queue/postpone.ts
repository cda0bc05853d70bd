import { errorName } from "../platform/errors.ts";
import { log } from "../platform/log.ts";
import type { SyncContext } from "../sync/context.ts";
import type { Delivery } from "./fold.ts";

const RETRY_S = 1;

/** Leaves deliveries to another invocation. Sent anew they lose no attempt; those that have failed keep their count. */
export async function postpone(context: SyncContext, deliveries: Delivery[]): Promise<void> {
  const fresh = deliveries.filter(({ raw }) => raw.attempts === 1);
  if (fresh.length > 0 && (await sendAnew(context, fresh))) for (const { raw } of fresh) raw.ack();
  for (const { raw } of deliveries) raw.retry({ delaySeconds: RETRY_S }); // those that were acked stay acked
}

async function sendAnew(context: SyncContext, deliveries: Delivery[]): Promise<boolean> {
  try {
    await context.enqueue(deliveries.map(({ message }) => message));
    return true;
  } catch (error) {
    log("warn", "queue.postpone", { messages: deliveries.length, error: errorName(error) });
    return false;
  }
}
