import type { Context } from "hono";
import type { AppEnv } from "../app-env.ts";
import { Problem } from "../problems/problem.ts";

const LOCAL = new Set(["127.0.0.1", "::1"]);

/** Refuses an address with too many failed attempts, before anything is looked up for it. */
export function rejectIfThrottled(c: Context<AppEnv>): void {
  const retryAfter = c.var.services.failedAttempts.blockedFor(addressOf(c));
  if (retryAfter === null) return;
  throw new Problem(429, "too_many_attempts", "Too many failed attempts from this address", { retryAfter });
}

/** Counts a key, state or code that was refused. */
export async function recordFailedAttempt(c: Context<AppEnv>): Promise<void> {
  await c.var.services.failedAttempts.record(addressOf(c));
}

/** As Cloudflare's edge sets it, which a caller cannot forge; null on a developer's machine. */
function addressOf(c: Context<AppEnv>): string | null {
  const address = c.req.header("cf-connecting-ip") ?? null;
  return address === null || LOCAL.has(address) ? null : address;
}
