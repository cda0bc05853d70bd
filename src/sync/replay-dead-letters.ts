import { queueMessage } from "../domain/queue-message.ts";
import type { SyncContext } from "./context.ts";

const PAGE = 100;

/** Queues the work of a dead letter again and closes it; false when there is no open one. Safe to repeat. */
export async function replayDeadLetter(context: SyncContext, org: string, id: string): Promise<boolean> {
  const letter = await context.deadLetters.get(org, id);
  if (!letter || letter.closed_at !== null) return false;
  const job = queueMessage.safeParse(letter.message);
  if (!job.success || job.data.org !== org) return false;
  const again =
    job.data.kind === "record" ? { ...job.data, trigger: "replay" as const, received_at: undefined } : job.data;
  await context.enqueue([again]);
  await context.deadLetters.resolve(org, id, "replay", context.now());
  return true;
}

/** Replays all open letters, or those of one failure code; answers with how many. */
export async function replayDeadLetters(context: SyncContext, org: string, code?: string): Promise<number> {
  let replayed = 0;
  for (let after: string | null = null; ; ) {
    const letters = await context.deadLetters.list(org, {
      limit: PAGE,
      after,
      ...(code === undefined ? {} : { code }),
    });
    for (const letter of letters) if (await replayDeadLetter(context, org, letter.id)) replayed += 1;
    after = letters.at(-1)?.id ?? null;
    if (letters.length < PAGE) return replayed;
  }
}
