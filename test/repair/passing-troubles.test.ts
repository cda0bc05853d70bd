import { expect, test } from "vitest";
import { ask } from "../support/api.ts";
import { complete, leftForBackfill } from "../support/runs.ts";
import type { World } from "../support/world.ts";
import { connectedFirm, importedFirm } from "./support/firm.ts";
import { PASSING, strikeNext } from "./support/troubles.ts";
import { beforeEachRequest, expectProgress } from "./support/watch.ts";
import { expectNothingLost, expectWorkSeen, workAtTheFirm } from "./support/work.ts";

/** Whatever is asked of MyCase meets the trouble when it is asked for the first time. */
function troubleEverything(world: World, trouble: string): { struck: Set<string>; stop(): void } {
  const struck = new Set<string>();
  const stop = beforeEachRequest(world, ({ url }) => {
    const asked = `${url.pathname}${url.search}`;
    if (!struck.has(asked)) strikeNext(world, PASSING[trouble] ?? {});
    struck.add(asked);
  });
  return { struck, stop };
}

const names = Object.keys(PASSING);

test.each(["poll", "nightly"].flatMap((kind) => names.map((name) => ({ kind, name }))))(
  "D5: a $kind each of whose requests meets $name goes on with the same page, and comes to the same",
  async ({ kind, name }) => {
    const world = await importedFirm({ largestPage: 2 });
    workAtTheFirm(world);
    const { struck, stop } = troubleEverything(world, name);
    const progressed = expectProgress(world);
    expect(await complete(world, kind)).toMatchObject({ state: "succeeded", errors: [] });
    progressed();
    stop();
    expect(struck.size).toBeGreaterThan(kind === "poll" ? 12 : 25);
    await expectNothingLost(world);
    await expectWorkSeen(world);
    expect(await leftForBackfill(world)).toEqual([]);
  },
);

test.each(names)("a first import each of whose requests meets %s is complete", async (name) => {
  const world = await connectedFirm({ largestPage: 2 });
  const { struck, stop } = troubleEverything(world, name);
  const progressed = expectProgress(world);
  await world.drain();
  progressed();
  stop();
  expect(struck.size).toBeGreaterThan(25);
  expect(await world.rows("projects")).toHaveLength(6);
  await expectNothingLost(world);
  const { body } = await ask(world, "GET", `/v1/orgs/${world.org}/coverage`);
  expect(body).toMatchObject({ mycase_total: 6, buckets: { project: 6, pending: 0 } });
  expect(await leftForBackfill(world)).toEqual([]);
});

test("a 429 that says nothing more slows the run down, and no page is left out", async () => {
  const world = await importedFirm({ largestPage: 3 });
  workAtTheFirm(world);
  world.simulator.faults.add({ path: "^/v1/cases$", status: 429, times: 2 });
  expect(await complete(world, "poll")).toMatchObject({ state: "succeeded", errors: [] });
  await expectWorkSeen(world);
});
