import { DurableObject } from "cloudflare:workers";
import { describeProblems, readConfig } from "../../config.ts";
import type { Env } from "../../env.ts";
import { systemClock } from "../../platform/clock.ts";
import type { Leases } from "./leased-permits.ts";
import { RateLimiter } from "./rate-limiter.ts";
import type { Lane } from "./types.ts";

const MAX_PAUSE_S = 10; // one org's 429 may be that org's alone

/** The pace of all orgs together: one object for the installation, which leases permits to the orgs' objects. */
export class OverallRateLimiter extends DurableObject<Env> implements Leases {
  private made: RateLimiter | null = null;

  async lease(lane: Lane, wanted: number): Promise<{ permits: number; retry_after: number | null }> {
    const limiter = this.limiter();
    const permits = Math.max(1, Math.min(wanted, limiter.maxPermits));
    const retryAfter = await limiter.acquire(lane, permits);
    return { permits: retryAfter === null ? permits : 0, retry_after: retryAfter };
  }

  async pause(seconds: number): Promise<void> {
    this.limiter().pause(Math.min(seconds, MAX_PAUSE_S));
  }

  private limiter(): RateLimiter {
    if (this.made) return this.made;
    const config = readConfig(this.env);
    if (!config.ok) throw new Error(describeProblems(config.failure));
    const rate = config.value.mycaseRequestsPerSecondOverall;
    if (rate === null) throw new Error("MYCASE_REQUESTS_PER_SECOND_OVERALL is not set");
    this.made = new RateLimiter(rate, systemClock);
    return this.made;
  }
}

/** Throws when it is not bound; the configuration refuses the variable without the binding. */
export function overallRateLimiter({ OVERALL_RATE_LIMITER: objects }: Env): Leases {
  if (!objects) throw new Error("OVERALL_RATE_LIMITER is not bound");
  return objects.get(objects.idFromName("all"));
}
