import { createChaosWorld, endChaosWorld } from "./chaos-world.ts";
import { expectSettled } from "./checks.ts";
import { operate } from "./operate.ts";
import { settleDown } from "./settle-down.ts";
import type { Tally } from "./tally.ts";
import { CALM, drawTrouble } from "./trouble.ts";

/** One world, and so many schedules one after the other: each begins where the one before it settled. */
export async function runSeed(seed: number, schedules: number, tally: Tally): Promise<void> {
  const world = await createChaosWorld(seed, tally);
  try {
    for (let schedule = 1; schedule <= schedules; schedule++) {
      world.trace.push(`-- schedule ${schedule}`);
      world.around.trouble = schedule === 1 && world.dice.chance(0.5) ? CALM : drawTrouble(world.dice);
      for (let left = world.dice.from(5, 13); left > 0; left--) await operate(world);
      world.trace.push("-- the dust settles");
      await settleDown(world);
      await expectSettled(world);
      tally.schedules += 1;
    }
  } catch (error) {
    const trace = world.trace.slice(-60).join("\n  ");
    const why = error instanceof Error ? error.stack : String(error);
    throw new Error(`seed ${seed} diverges; alone: CHAOS_SEED=${seed} npx vitest run test/chaos\n${why}\n  ${trace}`);
  }
  await endChaosWorld(world);
}
