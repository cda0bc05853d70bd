import type { Failure } from "./failure.ts";

/** What becomes of a message whose work failed. `hold` waits like `retry` but for what only time or a person mends. */
export type Disposition =
  | { do: "ack" }
  | { do: "retry"; after: number }
  | { do: "hold"; after: number }
  | { do: "dead" };

const MAX_DELAY_S = 5 * 60; // as often as a poll: what is repaired is noticed within minutes, however long it took
const HOLD_S = MAX_DELAY_S;
const LAST_ATTEMPT = 8; // with doubling from 5 s: about ten minutes of trying
const LAST_CONTENTION = 20; // contention ends by itself; this only stops a bug from spinning

/**
 * The one table from failure to consequence. `attempts` counts from 1; `jitter` is a random number in [0, 1).
 * An outage of MyCase or of the database never kills a message: it waits until the other side is back.
 */
export function disposition(failure: Failure, attempts: number, jitter: number): Disposition {
  switch (failure.kind) {
    case "not_connected":
      return { do: "ack" }; // disconnected on purpose; connecting again imports everything
    case "reauthorization_required":
    case "unauthorized":
      return { do: "hold", after: HOLD_S };
    case "rate_limited":
    case "unavailable":
      return { do: "hold", after: spread(Math.max(failure.retry_after ?? 0, backoff(attempts)), jitter) };
    case "storage":
      return { do: "hold", after: spread(backoff(attempts), jitter) };
    case "contended":
      return attempts >= LAST_CONTENTION ? { do: "dead" } : { do: "retry", after: Math.ceil(jitter * 3) };
    case "unexpected":
      return attempts >= LAST_ATTEMPT ? { do: "dead" } : { do: "retry", after: spread(backoff(attempts), jitter) };
    case "not_found":
    case "forbidden":
    case "malformed":
    case "refused":
      return { do: "dead" };
  }
}

/** 5, 10, 20 ... seconds, at most five minutes. */
function backoff(attempts: number): number {
  return Math.min(5 * 2 ** (attempts - 1), MAX_DELAY_S);
}

/** Adds up to a quarter, so that what failed together does not come back together. */
function spread(seconds: number, jitter: number): number {
  return Math.ceil(seconds * (1 + jitter / 4));
}
