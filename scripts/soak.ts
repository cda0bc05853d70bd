import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { parseArgs } from "node:util";

// The chaos suite for as long as wanted: `npm run soak -- --minutes 30 [--seed 5000]`. Ends at the first divergence.
const PARTS = 2;
const SEEDS_A_ROUND = 50;

const { values } = parseArgs({ options: { minutes: { type: "string" }, seed: { type: "string" } } });
const minutes = Number(values.minutes ?? 30);
let seed = Number(values.seed ?? 1000);
if (!(minutes > 0) || !Number.isSafeInteger(seed) || seed < 1) {
  console.error("Usage: npm run soak -- [--minutes 30] [--seed 1000]");
  process.exit(2);
}

const began = Date.now();
let rounds = 0;
while (Date.now() - began < minutes * 60_000) {
  const env = { ...process.env, CHAOS_FROM: String(seed), CHAOS_SEEDS: String(SEEDS_A_ROUND) };
  const vitest = join("node_modules", ".bin", "vitest");
  const { status } = spawnSync(vitest, ["run", "test/chaos"], { stdio: "inherit", env });
  if (status !== 0) {
    console.error(`A divergence, or a failure, among the seeds ${seed} to ${seed + PARTS * SEEDS_A_ROUND - 1}.`);
    process.exit(1);
  }
  rounds += 1;
  seed += PARTS * SEEDS_A_ROUND;
}
console.log(
  `${rounds * PARTS * SEEDS_A_ROUND * 8} schedules in ${Math.round((Date.now() - began) / 60_000)} min; next seed ${seed}.`,
);
