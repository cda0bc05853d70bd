import { env } from "cloudflare:workers";
import { afterAll, beforeAll, expect, test } from "vitest";
import { useRealTime, useVirtualTime } from "../../support/virtual-time.ts";
import { listenToLogs, stopListening } from "./logged-bugs.ts";
import { runSeed } from "./run-seed.ts";
import { Tally } from "./tally.ts";

const SCHEDULES_A_SEED = 8;
const SEEDS_A_PART = 64; // two parts: 1,024 schedules
const MAX_NEVER_INJECTED = 1; // kinds of fault that a part may happen not to inject: the rarest come five times
const TIMEOUT_MS = 60 * 60 * 1000;

/** What the command line asks for: one seed, or another stretch of them (the soak). */
const { CHAOS_SEED, CHAOS_FROM, CHAOS_SEEDS } = env as unknown as Record<string, string>;

/** One part of the suite. The parts are files, so that they run beside each other. */
export function chaosPart(part: number): void {
  beforeAll(() => {
    listenToLogs();
    useVirtualTime();
  });
  afterAll(() => {
    stopListening();
    useRealTime();
  });

  const seeds = seedsOf(part);
  test.skipIf(seeds.length === 0)(
    `whatever goes wrong (part ${part}), once all faults have ended the tables are what MyCase's records derive to, and the ledger rebuilds them`,
    async () => {
      const tally = new Tally();
      const began = performance.now();
      for (const seed of seeds) await runSeed(seed, SCHEDULES_A_SEED, tally);
      stopListening();
      // biome-ignore lint/suspicious/noConsole: the closing figures are what the suite is for
      console.info(`chaos, part ${part}: ${tally.report((performance.now() - began) / 1000)}`);
      expect(tally.schedules).toBe(seeds.length * SCHEDULES_A_SEED);
      // A fault that is never injected tests nothing; fewer seeds may happen not to meet the rarest.
      if (!CHAOS_SEED && seeds.length >= SEEDS_A_PART)
        expect(tally.neverInjected.length, tally.neverInjected.join()).toBeLessThanOrEqual(MAX_NEVER_INJECTED);
    },
    TIMEOUT_MS,
  );
}

function seedsOf(part: number): number[] {
  if (CHAOS_SEED) return part === 1 ? [Number(CHAOS_SEED)] : [];
  const seeds = Number(CHAOS_SEEDS || SEEDS_A_PART);
  const from = Number(CHAOS_FROM || 1) + (part - 1) * seeds;
  return Array.from({ length: seeds }, (_, index) => from + index);
}
