import type { Lane } from "./types.ts";

const LONGEST_WAIT_S = 20; // beyond it a caller is better off back in its queue

/**
 * Hands out places at an even pace: at most `rate` a second with a burst of a quarter of that, so that no second ever
 * sees more than 1.25 times the rate. Live work goes first.
 */
export class RateLimiter {
  private readonly queues: Record<Lane, (() => void)[]> = { live: [], bulk: [] };
  private readonly burst: number;
  private places: number;
  private countedAt: number;
  private pausedUntil = 0;
  private timer: ReturnType<typeof setTimeout> | null = null;
  private readonly rate: number;
  private readonly now: () => number;

  constructor(rate: number, now: () => number) {
    this.rate = rate;
    this.now = now;
    this.burst = Math.max(1, rate / 4);
    this.places = this.burst;
    this.countedAt = now();
  }

  /** Resolves with null when it is the caller's turn, or with the seconds after which to try again. */
  acquire(lane: Lane): Promise<number | null> {
    const ahead = this.queues.live.length + (lane === "bulk" ? this.queues.bulk.length : 0);
    const wait = ahead / this.rate + Math.max(0, this.pausedUntil - this.now()) / 1000;
    if (wait > LONGEST_WAIT_S) return Promise.resolve(Math.ceil(wait));
    return new Promise((resolve) => {
      this.queues[lane].push(() => resolve(null));
      this.pump();
    });
  }

  /** MyCase said "too many": nobody gets a place for so many seconds. */
  pause(seconds: number): void {
    this.pausedUntil = Math.max(this.pausedUntil, this.now() + seconds * 1000);
    this.places = 0;
    this.pump();
  }

  private pump(): void {
    if (this.timer !== null) return;
    this.count();
    while (this.places >= 1) {
      const next = this.queues.live.shift() ?? this.queues.bulk.shift();
      if (!next) return;
      this.places -= 1;
      next();
    }
    if (this.queues.live.length + this.queues.bulk.length === 0) return;
    const pause = Math.max(0, this.pausedUntil - this.now());
    this.timer = setTimeout(
      () => {
        this.timer = null;
        this.pump();
      },
      Math.max(pause, ((1 - this.places) / this.rate) * 1000),
    );
  }

  private count(): void {
    const now = this.now();
    if (now < this.pausedUntil) return;
    const since = Math.max(this.countedAt, this.pausedUntil);
    this.places = Math.min(this.burst, this.places + ((now - since) / 1000) * this.rate);
    this.countedAt = now;
  }
}
