import type { Failure } from "../../domain/failure.ts";
import { errorName } from "../../platform/errors.ts";
import { log } from "../../platform/log.ts";
import { err, ok, type Result } from "../../platform/result.ts";
import type { Lane } from "./types.ts";

/** Hands out permits of the pace over all orgs. */
export interface Leases {
  /**
   * Waits for up to `wanted` permits, to be used at once. They are spent when they are given, so that a lease that is lost
   * costs nothing but its own permits. None are given, and the seconds after which to ask again, when too many wait.
   */
  lease(lane: Lane, wanted: number): Promise<{ permits: number; retry_after: number | null }>;
  /** MyCase said "too many": nobody sends for so many seconds, within reason. */
  pause(seconds: number): Promise<void>;
}

const TIMEOUT_MS = 30_000; // the limiter itself sends away whoever would wait for 20 s
const RETRY_AFTER_S = 10;

type Release = (refused: Failure | null) => void;

/**
 * One org's requests at the pace over all orgs: as many permits are leased at a time as requests wait, and none is kept.
 * Without an answer nothing is sent, for the pace is the promise; the work goes back to its queue.
 */
export class LeasedPermits {
  private readonly waiting: Record<Lane, Release[]> = { live: [], bulk: [] };
  private readonly leasing: Record<Lane, boolean> = { live: false, bulk: false };
  private readonly limiter: () => Leases;

  constructor(limiter: () => Leases) {
    this.limiter = limiter;
  }

  /** Resolves with null when the caller may send. */
  acquire(lane: Lane): Promise<Failure | null> {
    return new Promise((resolve) => {
      this.waiting[lane].push(resolve);
      if (!this.leasing[lane]) void this.serve(lane);
    });
  }

  async pause(seconds: number): Promise<void> {
    try {
      await this.limiter().pause(seconds);
    } catch (error) {
      log("error", "overall_rate_limiter", { error: errorName(error) }); // the org itself pauses all the same
    }
  }

  private async serve(lane: Lane): Promise<void> {
    const waiting = this.waiting[lane];
    this.leasing[lane] = true;
    while (waiting.length > 0) {
      const leased = await this.lease(lane, waiting.length);
      if (leased.ok) for (const release of waiting.splice(0, leased.value)) release(null);
      else for (const release of waiting.splice(0)) release(leased.failure);
    }
    this.leasing[lane] = false;
  }

  private async lease(lane: Lane, wanted: number): Promise<Result<number, Failure>> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const timeout = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new DOMException("no answer", "TimeoutError")), TIMEOUT_MS);
    });
    try {
      const { permits, retry_after } = await Promise.race([this.limiter().lease(lane, wanted), timeout]);
      if (permits > 0) return ok(permits);
      return err(limited("Too much work of all orgs waits for MyCase", retry_after));
    } catch (error) {
      log("error", "overall_rate_limiter", { error: errorName(error) });
      return err(limited("The rate limiter of all orgs does not answer", RETRY_AFTER_S));
    } finally {
      clearTimeout(timer);
    }
  }
}

function limited(detail: string, retry_after: number | null): Failure {
  return { kind: "rate_limited", detail, retry_after };
}
