import fc from "fast-check";
import { expect, test } from "vitest";
import { complete, leftForBackfill } from "../support/runs.ts";
import type { World } from "../support/world.ts";
import { expectRepaired } from "./support/expect-repaired.ts";
import { type Clock, everyGate, firstImportOf, importedFirm } from "./support/firm.ts";
import { perform, type Schedule, visibleToNightlies, visibleToPolls } from "./support/schedule.ts";
import { tablesOf } from "./support/tables.ts";

const modes = fc.constantFrom("main" as const, "by_group" as const);

/** A firm at work, not one webhook of which arrives; then one run of a kind. */
async function repair(kind: "poll" | "nightly", mode: "main" | "by_group", schedule: Schedule): Promise<void> {
  const mapping = everyGate(mode);
  const world = await importedFirm({ mapping });
  const before = await tablesOf(world);
  perform(world, schedule);
  expect(await complete(world, kind)).toMatchObject({ state: "succeeded", errors: [] });

  const fresh = await firstImportOf(world, mapping);
  expectRepaired(world, await tablesOf(world), await tablesOf(fresh), before);
  expect(await leftForBackfill(world)).toEqual([]);
}

test("R60: with every webhook lost, one poll makes the tables what a first import makes them", async () => {
  await fc.assert(
    fc.asyncProperty(modes, visibleToPolls, (mode, schedule) => repair("poll", mode, schedule)),
    { numRuns: 15 },
  );
});

test("R3, D5: with every webhook and every poll lost, one nightly does, deletions and undated edits included", async () => {
  await fc.assert(
    fc.asyncProperty(modes, visibleToNightlies, (mode, schedule) => repair("nightly", mode, schedule)),
    { numRuns: 15 },
  );
});

test("polls between the edits, at any moments, leave nothing for the last of them to miss", async () => {
  await fc.assert(
    fc.asyncProperty(visibleToPolls, fc.array(fc.nat({ max: 20 }), { maxLength: 4 }), async (schedule, moments) => {
      const world: World & { clock: Clock } = await importedFirm();
      for (const [index, step] of schedule.entries()) {
        perform(world, [step]);
        if (moments.includes(index)) await complete(world, "poll");
      }
      await complete(world, "poll");
      expect(await leftForBackfill(world)).toEqual([]);
    }),
    { numRuns: 8 },
  );
});
