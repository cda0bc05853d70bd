import type { Clock } from "../../platform/clock.ts";
import type { Lane } from "./types.ts";

const MAX_WAIT_S = 20; // beyond it a caller is better off back in its queue

interface Waiting {
  permits: number;
  release: () => void;
}

/**
 * A token bucket of `rate` requests a second with a burst of a quarter of that, so that no second ever sees more than
 * 1.25 times the rate. Live work goes first.
 */
export class RateLimiter {
  /** No caller can have more permits at a time. */
  readonly maxPermits: number;
  private readonly waiting: Record<Lane, Waiting[]> = { live: [], bulk: [] };
  private readonly burst: number;
  private tokens: number;
  private refilledAt: number;
  private pausedUntil = 0;
  private timer: ReturnType<typeof setTimeout> | null = null;
  private readonly rate: number;
  private readonly clock: Clock;

  constructor(rate: number, clock: Clock) {
    this.rate = rate;
    this.clock = clock;
    this.burst = Math.max(1, rate / 4);
    this.maxPermits = Math.floor(this.burst);
    this.tokens = this.burst;
    this.refilledAt = clock();
  }

  /** Resolves with null when the caller may send so many, or at once with the seconds after which to try again. */
  acquire(lane: Lane, permits = 1): Promise<number | null> {
    const ahead = permitsOf(this.waiting.live) + (lane === "bulk" ? permitsOf(this.waiting.bulk) : 0);
    const wait = ahead / this.rate + Math.max(0, this.pausedUntil - this.clock()) / 1000;
    if (wait > MAX_WAIT_S) return Promise.resolve(Math.ceil(wait));
    return new Promise((resolve) => {
      this.waiting[lane].push({ permits, release: () => resolve(null) });
      this.drain();
    });
  }

  /** MyCase said "too many": nobody sends for so many seconds. */
  pause(seconds: number): void {
    this.pausedUntil = Math.max(this.pausedUntil, this.clock() + seconds * 1000);
    this.tokens = 0;
    this.drain();
  }

  private drain(): void {
    if (this.timer !== null) return;
    this.refill();
    for (;;) {
      const queue = this.waiting.live.length > 0 ? this.waiting.live : this.waiting.bulk;
      const [next] = queue;
      if (!next) return;
      if (this.tokens < next.permits) break;
      queue.shift();
      this.tokens -= next.permits;
      next.release();
    }
    this.drainLater();
  }

  private drainLater(): void {
    const [next] = this.waiting.live.length > 0 ? this.waiting.live : this.waiting.bulk;
    const missing = (next?.permits ?? 1) - this.tokens;
    const pause = Math.max(0, this.pausedUntil - this.clock());
    this.timer = setTimeout(
      () => {
        this.timer = null;
        this.drain();
      },
      Math.max(pause, (missing / this.rate) * 1000),
    );
  }

  private refill(): void {
    const now = this.clock();
    if (now < this.pausedUntil) return;
    const since = Math.max(this.refilledAt, this.pausedUntil);
    this.tokens = Math.min(this.burst, this.tokens + ((now - since) / 1000) * this.rate);
    this.refilledAt = now;
  }
}

function permitsOf(waiting: Waiting[]): number {
  return waiting.reduce((sum, { permits }) => sum + permits, 0);
}
