import { createChaosWorld, endChaosWorld } from "./chaos-world.ts";
import { expectSettled } from "./checks.ts";
import { operate } from "./operate.ts";
import { settleDown } from "./settle-down.ts";
import { lastRuns } from "./stored.ts";
import type { Tally } from "./tally.ts";
import { CALM, drawTrouble } from "./trouble.ts";

const FAITHFUL = 0.6; // of the schedules; the others end with a nightly, which takes longer than all the rest

/** One world, and so many schedules one after the other: each begins where the previous one came to rest. */
export async function runSeed(seed: number, schedules: number, tally: Tally): Promise<void> {
  const world = await createChaosWorld(seed, tally);
  try {
    for (let schedule = 1; schedule <= schedules; schedule++) {
      world.faithful = schedule > 1 && world.dice.chance(FAITHFUL);
      world.trace.push(`-- schedule ${schedule}${world.faithful ? ", MyCase is faithful" : ""}`);
      world.shared.trouble = schedule === 1 && world.dice.chance(0.5) ? CALM : drawTrouble(world.dice);
      for (let left = world.dice.from(6, 14); left > 0; left--) await operate(world);
      world.trace.push("-- troubles end");
      await settleDown(world);
      await expectSettled(world);
      tally.schedules += 1;
    }
  } catch (error) {
    const trace = world.trace.slice(-60).join("\n  ");
    const why = error instanceof Error ? error.stack : String(error);
    const runs = (await lastRuns(world)).map((run) => JSON.stringify(run)).join("\n  ");
    throw new Error(
      `seed ${seed} diverges; alone: CHAOS_SEED=${seed} npx vitest run test/chaos\n${why}\n  ${trace}\nruns:\n  ${runs}`,
    );
  }
  await endChaosWorld(world);
}
