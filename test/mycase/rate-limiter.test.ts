import { runInDurableObject } from "cloudflare:test";
import { env as workerEnv } from "cloudflare:workers";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Failure } from "../../src/domain/failure.ts";
import type { Env } from "../../src/env.ts";
import { LeasedPermits, type Leases } from "../../src/mycase/connection/leased-permits.ts";
import { OverallRateLimiter } from "../../src/mycase/connection/overall-rate-limiter.ts";
import { RateLimiter } from "../../src/mycase/connection/rate-limiter.ts";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** When each of so many waiting calls got permission, ms from the start. */
async function acquireTimes(limiter: RateLimiter, count: number): Promise<number[]> {
  const start = Date.now();
  const at: number[] = [];
  for (let index = 0; index < count; index++)
    void limiter.acquire("live").then((refused) => refused === null && at.push(Date.now() - start));
  await vi.advanceTimersByTimeAsync(20_000);
  return at;
}

test("no second ever sees more than a quarter above the rate, and none is wasted", async () => {
  const at = await acquireTimes(new RateLimiter(20, () => Date.now()), 100);
  expect(at).toHaveLength(100);
  for (const from of at) expect(at.filter((ms) => ms >= from && ms < from + 1000).length).toBeLessThanOrEqual(25);
  expect(at.at(-1)).toBeLessThan(5_500);
});

test("live work goes before bulk work that has waited longer", async () => {
  const limiter = new RateLimiter(10, () => Date.now());
  const order: string[] = [];
  for (let index = 0; index < 6; index++) void limiter.acquire("bulk").then(() => order.push("bulk"));
  void limiter.acquire("live").then(() => order.push("live"));
  await vi.advanceTimersByTimeAsync(2_000);
  expect(order.indexOf("live")).toBeLessThan(4);
  expect(order).toHaveLength(7);
});

test("nothing is sent while MyCase asked for a pause, and a caller that would wait too long is refused", async () => {
  const limiter = new RateLimiter(10, () => Date.now());
  limiter.pause(5);
  const at = await acquireTimes(limiter, 1);
  expect(at[0]).toBeGreaterThanOrEqual(5_000);
  limiter.pause(60);
  expect(await limiter.acquire("live")).toBeGreaterThanOrEqual(60);
});

const RATE = 20;

/** The object that all orgs share, as it is deployed, and the ways to it of so many orgs. */
function orgsSharing(count: number, limiter: Leases): LeasedPermits[] {
  return Array.from({ length: count }, () => new LeasedPermits(() => limiter));
}

let objects = 0;
async function overall(): Promise<Leases> {
  const env = { ...workerEnv, MYCASE_REQUESTS_PER_SECOND_OVERALL: String(RATE) } as unknown as Env;
  const { OVERALL_RATE_LIMITER } = workerEnv as unknown as Required<Env>;
  const stub = OVERALL_RATE_LIMITER.get(OVERALL_RATE_LIMITER.idFromName(`test-${++objects}`));
  return runInDurableObject(stub, (_, state) => new OverallRateLimiter(state, env));
}

/** Asks until it may send, as a message comes back to its queue when it is sent away. */
async function untilSent(org: LeasedPermits, lane: "live" | "bulk"): Promise<void> {
  for (;;) {
    const refused = await org.acquire(lane);
    if (refused === null) return;
    expect(refused).toMatchObject({ kind: "rate_limited" });
    const seconds = refused.kind === "rate_limited" ? (refused.retry_after ?? 0) : 0;
    await new Promise((resolve) => setTimeout(resolve, seconds * 1000 * (1 + Math.random() / 4)));
  }
}

test("a thousand orgs in one tick keep the pace over all orgs, every request is sent, and live work hardly waits", async () => {
  const orgs = orgsSharing(1_000, await overall());
  const start = Date.now();
  const sentAt: number[] = [];
  const liveWaits: number[] = [];
  for (const org of orgs) void untilSent(org, "bulk").then(() => sentAt.push(Date.now() - start));
  for (let second = 1; second <= 10; second++) {
    await vi.advanceTimersByTimeAsync(1_000);
    const asked = Date.now();
    const sent = () => {
      sentAt.push(Date.now() - start);
      liveWaits.push(Date.now() - asked);
    };
    void untilSent(orgs[second] as LeasedPermits, "live").then(sent);
  }
  await vi.advanceTimersByTimeAsync(120_000);
  expect(liveWaits).toHaveLength(10);
  expect(Math.max(...liveWaits)).toBeLessThanOrEqual(1_000);
  expect(sentAt).toHaveLength(1_010);
  const perSecond = Map.groupBy(
    sentAt.sort((a, b) => a - b),
    (ms) => Math.floor(ms / 1_000),
  );
  expect(Math.max(...[...perSecond.values()].map((sent) => sent.length))).toBeLessThanOrEqual(RATE * 1.25);
  for (const [index, ms] of sentAt.entries()) {
    const later = sentAt[index + RATE * 1.25];
    if (later !== undefined) expect(later - ms).toBeGreaterThanOrEqual(1_000);
  }
});

test("one org with a thousand requests does not keep another one waiting, and leases that are lost come back", async () => {
  const limiter = await overall();
  const [busy, quiet] = orgsSharing(2, limiter) as [LeasedPermits, LeasedPermits];
  for (let index = 0; index < 1_000; index++) void busy.acquire("bulk");
  for (let index = 0; index < 20; index++) void limiter.lease("live", 5); // their holders have ended
  await vi.advanceTimersByTimeAsync(6_000);
  const asked = Date.now();
  let waited = Number.POSITIVE_INFINITY;
  void quiet.acquire("bulk").then(() => {
    waited = Date.now() - asked;
  });
  await vi.advanceTimersByTimeAsync(5_000);
  expect(waited).toBeLessThanOrEqual(1_000);
});

test.each<[string, Leases["lease"]]>([
  ["is gone", () => Promise.reject(new Error("Durable Object reset because its code was updated."))],
  ["never answers", () => new Promise(() => undefined)],
])("when the limiter of all orgs %s nothing is sent, and the work goes back to its queue", async (_, lease) => {
  const org = new LeasedPermits(() => ({ lease, pause: () => Promise.reject(new Error("gone")) }));
  const refusals: (Failure | null)[] = [];
  for (let index = 0; index < 3; index++) void org.acquire("live").then((refused) => refusals.push(refused));
  await org.pause(1);
  await vi.advanceTimersByTimeAsync(31_000);
  const refusal = { kind: "rate_limited", detail: "The rate limiter of all orgs does not answer", retry_after: 10 };
  expect(refusals).toEqual([refusal, refusal, refusal]);
});
