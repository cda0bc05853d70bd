import type { Failure } from "./failure.ts";
import { POLL_INTERVAL_MS } from "./poll-interval.ts";

/** What becomes of a message whose work failed. `wait` is like `retry`, for what only time or a person mends. */
export type Disposition =
  | { kind: "ack" }
  | { kind: "retry"; delayS: number }
  | { kind: "wait"; delayS: number }
  | { kind: "dead" };

const MAX_DELAY_S = POLL_INTERVAL_MS / 1000; // a repair is noticed within one poll, however long it took
const MAX_RETRY_AFTER_S = { unavailable: 15 * 60, rate_limited: 5 * 60 }; // whatever MyCase asks for
const MAX_ATTEMPTS = 8; // with doubling from 5 s: about ten minutes of trying
const MAX_CONTENDED_ATTEMPTS = 20; // contention ends by itself; this only stops a bug from spinning

/**
 * The one table from failure to consequence. `attempts` counts from 1; `jitter` is a random number in [0, 1).
 * An outage of MyCase or of the database never kills a message: it waits until the other side is back.
 */
export function disposition(failure: Failure, attempts: number, jitter: number): Disposition {
  switch (failure.kind) {
    case "not_connected":
      return { kind: "ack" }; // disconnected on purpose; connecting again imports everything
    case "reauthorization_required":
    case "unauthorized":
      return { kind: "wait", delayS: MAX_DELAY_S };
    case "rate_limited":
    case "unavailable":
      return { kind: "wait", delayS: spread(Math.max(retryAfterS(failure), backoff(attempts)), jitter) };
    case "storage":
    case "storage_full":
      return { kind: "wait", delayS: spread(backoff(attempts), jitter) };
    case "contended":
      return attempts >= MAX_CONTENDED_ATTEMPTS ? { kind: "dead" } : { kind: "retry", delayS: Math.ceil(jitter * 3) };
    case "unexpected":
      return attempts >= MAX_ATTEMPTS ? { kind: "dead" } : { kind: "retry", delayS: spread(backoff(attempts), jitter) };
    case "not_found":
    case "forbidden":
    case "malformed":
    case "refused":
    case "unstorable":
      return { kind: "dead" };
  }
}

/** MyCase's own Retry-After as far as it is believed: a date in a year must not stop an org for that long. */
function retryAfterS({ kind, retry_after }: Extract<Failure, { retry_after: number | null }>): number {
  return Math.min(Math.max(retry_after ?? 0, 0), MAX_RETRY_AFTER_S[kind]);
}

/** 5, 10, 20 ... seconds, at most five minutes. */
function backoff(attempts: number): number {
  return Math.min(5 * 2 ** (attempts - 1), MAX_DELAY_S);
}

/** Adds up to a quarter, so that what failed together does not come back together. */
function spread(seconds: number, jitter: number): number {
  return Math.ceil(seconds * (1 + jitter / 4));
}
