import { afterEach, beforeEach, expect, test, vi } from "vitest";
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
  for (const from of at) expect(at.filter((one) => one >= from && one < from + 1000).length).toBeLessThanOrEqual(25);
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

test("nothing is sent while MyCase asked for a pause, and whoever would wait too long is sent away", async () => {
  const limiter = new RateLimiter(10, () => Date.now());
  limiter.pause(5);
  const at = await acquireTimes(limiter, 1);
  expect(at[0]).toBeGreaterThanOrEqual(5_000);
  limiter.pause(60);
  expect(await limiter.acquire("live")).toBeGreaterThanOrEqual(60);
});
