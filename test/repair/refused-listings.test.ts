import { expect, test } from "vitest";
import { complete, leftForBackfill, runOf, start } from "../support/runs.ts";
import type { World } from "../support/world.ts";
import { connectedFirm, importedFirm } from "./support/firm.ts";
import { strikeNext } from "./support/troubles.ts";
import { atRequest, beforeEachRequest } from "./support/watch.ts";
import { expectNothingLost, expectWorkSeen, workAtTheFirm } from "./support/work.ts";

const HOUR_MS = 3_600_000;
/** Twice, for a step that fails in the middle of a turn gets one more, of its own. */
const REFUSED = { status: 403, times: 2 };

/** How many requests a run of the kind sends when all goes well. */
async function requestsOf(world: World, kind: string): Promise<number> {
  let requests = 0;
  const stop = beforeEachRequest(world, () => {
    requests += 1;
  });
  await complete(world, kind);
  stop();
  return requests;
}

/** A run of the kind whose request of this number is answered 403. */
async function refusedAt(world: World, kind: string, number: number) {
  const stop = atRequest(world, number, () => strikeNext(world, REFUSED));
  const run = await complete(world, kind);
  stop();
  world.simulator.faults.clear();
  return run;
}

test.each(["poll", "nightly"])(
  "D5: a %s that is refused a page, whichever, fails and says why; nothing is lost, and the next one mends all",
  async (kind) => {
    const world = await importedFirm({ largestPage: 3 });
    await complete(world, kind);
    world.clock.ms += HOUR_MS;
    workAtTheFirm(world);
    const requests = await requestsOf(world, kind);
    for (let number = 0; number < requests; number++) {
      world.clock.ms += HOUR_MS;
      workAtTheFirm(world);
      const run = await refusedAt(world, kind, number);
      expect(run, `refused at request ${number}`).toMatchObject({ state: "failed", errors: [{ code: "forbidden" }] });
      await expectNothingLost(world);
      expect((await complete(world, kind)).state).toBe("succeeded");
      await expectWorkSeen(world);
    }
    expect(await leftForBackfill(world)).toEqual([]);
  },
);

test("what a nightly read before it was refused a page is not lost on the polls that follow", async () => {
  const world = await importedFirm({ largestPage: 3 });
  const { edit } = world.simulator;
  const requests = await requestsOf(world, "nightly");
  for (let number = 0; number < requests; number++) {
    world.clock.ms += HOUR_MS;
    edit.update("clients", 2, { first_name: `Edited ${number}` }, { silent: true });
    edit.update("staff", 11, { title: number % 2 ? "Partner" : "Attorney" });
    world.clock.ms += HOUR_MS;
    expect((await refusedAt(world, "nightly", number)).state).toBe("failed");
    world.clock.ms += HOUR_MS;
    expect((await complete(world, "poll")).state).toBe("succeeded");
    await expectWorkSeen(world);
  }
});

test("a first import that is refused a page, whichever, fails and says why; the next one is complete", async () => {
  for (const number of [0, 5, 9, 13, 16, 18]) {
    const world = await connectedFirm({ largestPage: 3 });
    const stop = atRequest(world, number, () => strikeNext(world, REFUSED));
    await world.drain();
    stop();
    world.simulator.faults.clear();
    const [first] = await world.rows("runs");
    expect(first, `refused at request ${number}`).toMatchObject({ kind: "backfill", state: "failed" });
    expect(JSON.parse(String(first?.errors))).toMatchObject([{ code: "forbidden" }]);
    const id = await start(world, "backfill");
    await world.drain();
    expect((await runOf(world, id)).state).toBe("succeeded");
    expect(await world.rows("projects")).toHaveLength(6);
    await expectNothingLost(world);
  }
});
