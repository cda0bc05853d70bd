import { POLL_INTERVAL_MS } from "../domain/poll-interval.ts";
import { addressOf } from "../domain/queue-message.ts";
import { errorName } from "../platform/errors.ts";
import { log } from "../platform/log.ts";
import type { SyncContext } from "../sync/context.ts";
import { deadLetter } from "./dead-letter.ts";

const RETRY_S = POLL_INTERVAL_MS / 1000;
const MAX_ATTEMPTS = 12; // an hour for a roll forward; after that it can be replayed

/**
 * A message that this version cannot read. One with a kind was written by a newer version before a roll back: it waits,
 * and becomes a dead letter of its org that a newer version can replay. Never throws.
 */
export async function handleUnknownMessage(context: SyncContext, raw: Message): Promise<void> {
  const { org, kind } = addressOf(raw.body);
  log("warn", "queue.unknown_message", { org, kind, attempts: raw.attempts });
  try {
    if (kind !== null && raw.attempts < MAX_ATTEMPTS) raw.retry({ delaySeconds: RETRY_S });
    else await deadLetter(context, raw, kind === null ? NO_KIND : unknownKind(kind));
  } catch (error) {
    log("error", "queue.unknown_message", { org, error: errorName(error) });
    raw.retry({ delaySeconds: RETRY_S });
  }
}

const NO_KIND = { kind: "malformed", detail: "the queue message has no kind" };

function unknownKind(kind: string): { kind: string; detail: string } {
  return { kind: "unknown_message", detail: `this version cannot read the queue message of the kind '${kind}'` };
}
