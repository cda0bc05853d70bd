import type { RecordMessage } from "../../domain/queue-message.ts";
import type { Read } from "../../domain/read.ts";
import type { RecordModel } from "../../domain/resources.ts";
import type { SyncContext } from "../context.ts";
import type { Cause } from "../derive-and-commit.ts";
import type { RecordRef } from "./record-ref.ts";

const RETRY_DELAY_S = 5;

/** Keeps a dead letter for every record that was given up as unreadable; the next good read of it resolves that. */
export async function deadLetterUnreadable(
  context: SyncContext,
  org: string,
  reads: Read[],
  cause: Cause,
): Promise<void> {
  const byDetail = new Map<string, RecordMessage[]>();
  for (const { model, absent } of reads) {
    for (const { id, state, detail = "" } of absent) {
      if (state !== "unreadable") continue;
      const message = messageFor({ model: model as RecordModel, id }, org, cause);
      byDetail.set(detail, [...(byDetail.get(detail) ?? []), message]);
    }
  }
  for (const [answer, messages] of byDetail) {
    const detail = `Every read of the record failed, while MyCase answered others: ${answer}`;
    await context.deadLetters.addRecords(org, messages, { code: "unreadable", detail }, context.now());
  }
}

/** Queues records whose read failed as work of their own, so that whatever named them need not wait for them. */
export async function retryLater(context: SyncContext, org: string, refs: RecordRef[], cause: Cause): Promise<void> {
  if (refs.length === 0) return;
  const messages = refs.map((ref) => messageFor(ref, org, cause));
  await context.enqueue(messages, () => RETRY_DELAY_S);
}

function messageFor({ model, id }: RecordRef, org: string, { trigger, job }: Cause): RecordMessage {
  return { kind: "record", org, model, id, trigger, action: null, job: job ?? crypto.randomUUID() };
}
