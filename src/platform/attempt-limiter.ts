import { BoundedMap } from "./bounded-map.ts";

/** Slows down whoever tries secrets that are refused. */
export interface FailedAttemptLimiter {
  /** Seconds until this address may try again; null when it may now. */
  blockedFor(address: string | null): number | null;
  record(address: string | null): Promise<void>;
}

/** Cloudflare's rate limiting binding: counts for a key over all isolates of a location. */
export type SharedLimit = Pick<RateLimit, "limit">;

const MAX_FAILED = 100; // a person mistypes a few times; a script with an old key tries about once a minute
const WINDOW_MS = 60_000;
const MAX_ADDRESSES = 10_000;

/** Counts in this isolate, and where it is bound in the shared limit. A null address is never limited. */
export function createFailedAttemptLimiter(now: () => number, shared?: SharedLimit): FailedAttemptLimiter {
  const windows = new BoundedMap<string, { since: number; failed: number }>(MAX_ADDRESSES);
  const windowOf = (key: string) => {
    const window = windows.get(key);
    return window && now() - window.since < WINDOW_MS ? window : { since: now(), failed: 0 };
  };
  return {
    blockedFor(address) {
      if (address === null) return null;
      const { since, failed } = windowOf(networkOf(address));
      return failed < MAX_FAILED ? null : Math.max(1, Math.ceil((since + WINDOW_MS - now()) / 1000));
    },
    async record(address) {
      if (address === null) return;
      const key = networkOf(address);
      const { since, failed } = windowOf(key);
      windows.set(key, { since, failed: failed + 1 });
      const outcome = await shared?.limit({ key });
      if (outcome?.success === false) windows.set(key, { since, failed: MAX_FAILED });
    },
  };
}

/** An IPv4 address, or the /64 of an IPv6 address: whoever has one address there has all of them. */
export function networkOf(address: string): string {
  if (!address.includes(":")) return address;
  const [head = "", tail] = address.toLowerCase().split("::");
  const leading = head.split(":").filter((group) => group !== "");
  const trailing = (tail ?? "").split(":").filter((group) => group !== "");
  const mapped = trailing.at(-1);
  if (mapped?.includes(".")) return mapped;
  const zeros = tail === undefined ? [] : Array<string>(Math.max(0, 8 - leading.length - trailing.length)).fill("0");
  const groups = [...leading, ...zeros, ...trailing].slice(0, 4);
  return `${groups.map((group) => group.replace(/^0+(?=.)/, "")).join(":")}::/64`;
}
