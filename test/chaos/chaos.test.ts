import { afterAll, beforeAll, expect, test } from "vitest";
import { listenToLogs, stopListening } from "./support/complaints.ts";
import { runSeed } from "./support/run-seed.ts";
import { Tally } from "./support/tally.ts";
import { useRealTime, useVirtualTime } from "./support/virtual-time.ts";

beforeAll(() => {
  listenToLogs();
  useVirtualTime();
});
afterAll(() => {
  stopListening();
  useRealTime();
});

test("chaos", async () => {
  const tally = new Tally();
  const t = performance.now();
  const out = process.stdout;
  try {
    for (let seed = 1; seed <= 25; seed++) await runSeed(seed, 8, tally);
  } finally {
    stopListening();
    console.log(tally.report((performance.now() - t) / 1000), tally.neverStruck, [...tally.byOperation]);
  }
}, 300_000);
