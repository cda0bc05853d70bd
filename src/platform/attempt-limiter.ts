/** Slows down who guesses at secrets. Per isolate: a rule of Cloudflare's firewall in front counts across all of them. */
export interface FailedAttemptLimiter {
  /** Seconds until this address may try again; null when it may now. */
  blockedFor(address: string | null): number | null;
  wrong(address: string | null): void;
}

const MOST_WRONG = 100; // a person mistypes a few times; a forgotten script with an old key tries once a minute or so
const WINDOW_MS = 60_000;
const MOST_ADDRESSES = 10_000;

export function createFailedAttemptLimiter(now: () => number): FailedAttemptLimiter {
  const windows = new Map<string, { since: number; wrong: number }>();
  const windowOf = (address: string) => {
    const window = windows.get(address);
    return window && now() - window.since < WINDOW_MS ? window : null;
  };
  return {
    blockedFor(address) {
      const window = address === null ? null : windowOf(address);
      if (!window || window.wrong < MOST_WRONG) return null;
      return Math.max(1, Math.ceil((window.since + WINDOW_MS - now()) / 1000));
    },
    wrong(address) {
      if (address === null) return;
      const window = windowOf(address);
      if (window) window.wrong += 1;
      else {
        if (windows.size >= MOST_ADDRESSES) windows.clear();
        windows.set(address, { since: now(), wrong: 1 });
      }
    },
  };
}
