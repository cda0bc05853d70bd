import type { ConnectionStorage } from "./storage.ts";

const NAMES = [
  "requests",
  "throttled",
  "unavailable",
  "forbidden",
  "unauthorized",
  "refreshes",
  "refreshes_failed",
] as const;

export type ConnectionCounts = Record<(typeof NAMES)[number], number>;

const SAVE_EVERY_MS = 5_000; // what an eviction may cost; a write for each request would cost more than the figure is worth

/** What has been asked of MyCase since the connection's object was made, and how that went. Only ever rises. */
export class Counters {
  private readonly memory: ConnectionStorage;
  private readonly counts: ConnectionCounts;
  private savedAt = 0;

  constructor(memory: ConnectionStorage) {
    this.memory = memory;
    const none = Object.fromEntries(NAMES.map((name) => [name, 0])) as ConnectionCounts;
    this.counts = { ...none, ...memory.counts };
  }

  add(name: keyof ConnectionCounts): void {
    this.counts[name] += 1;
    if (Date.now() - this.savedAt < SAVE_EVERY_MS) return;
    this.savedAt = Date.now();
    this.memory.counts = this.counts;
  }

  reset(): void {
    for (const name of NAMES) this.counts[name] = 0;
  }

  get all(): ConnectionCounts {
    return { ...this.counts };
  }
}
