import type { Clock } from "../../platform/clock.ts";
import type { ConnectionStorage } from "./storage.ts";
import type { ConnectionCounts } from "./types.ts";

const NAMES = [
  "requests",
  "throttled",
  "unavailable",
  "forbidden",
  "unauthorized",
  "refreshes",
  "refreshes_failed",
] as const satisfies (keyof ConnectionCounts)[];

const SAVE_EVERY_MS = 5_000; // what an eviction may lose; a write for each request would cost more than the figure is worth

/** Requests to MyCase since the connection's object was made, and how they went. Counts only rise. */
export class Counters {
  private readonly storage: ConnectionStorage;
  private readonly clock: Clock;
  private readonly counts: ConnectionCounts;
  private savedAt = 0;

  constructor(storage: ConnectionStorage, clock: Clock) {
    this.storage = storage;
    this.clock = clock;
    const zeros = Object.fromEntries(NAMES.map((name) => [name, 0])) as ConnectionCounts;
    this.counts = { ...zeros, ...storage.counts };
  }

  add(name: keyof ConnectionCounts): void {
    this.counts[name] += 1;
    if (this.clock() - this.savedAt < SAVE_EVERY_MS) return;
    this.savedAt = this.clock();
    this.storage.counts = this.counts;
  }

  reset(): void {
    for (const name of NAMES) this.counts[name] = 0;
  }

  get all(): ConnectionCounts {
    return { ...this.counts };
  }
}
