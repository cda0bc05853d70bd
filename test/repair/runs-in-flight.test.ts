import { expect, test, vi } from "vitest";
import { tick } from "../../src/cron/tick.ts";
import { reclaimStaleRuns } from "../../src/sync/runs/resume.ts";
import { ask } from "../support/api.ts";
import { complete, leftForBackfill, runOf, start } from "../support/runs.ts";
import type { World } from "../support/world.ts";
import { importedFirm } from "./support/firm.ts";
import { onSecondPage } from "./support/watch.ts";
import { expectNothingLost, expectWorkSeen, workAtTheFirm } from "./support/work.ts";

const POLL_TICK = "*/5 * * * *";

/** A run whose worker dies, its queues with it, while it waits for the second page of cases. */
async function lostRun(world: World, kind: string): Promise<string> {
  const id = await start(world, kind);
  const stop = onSecondPage(world, "/v1/cases", () => {
    world.simulator.faults.maintenance = true;
  });
  await expect(world.drain({ most: 4 })).rejects.toThrow(/not empty/);
  stop();
  world.simulator.faults.clear();
  world.live.waiting.length = 0;
  world.bulk.waiting.length = 0;
  return id;
}

/** Taken off the run's last sign of life instead of being waited for. */
async function letPass(world: World, seconds: number): Promise<void> {
  await world.env.DB.prepare(
    `UPDATE runs SET heartbeat_at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now', ?) WHERE org_id = ? AND state = 'running'`,
  )
    .bind(`-${seconds} seconds`, world.org)
    .run();
}

test.each(
  ["poll", "nightly", "backfill"].flatMap((kind) => [
    { kind, by: "the next tick", takeUp: (world: World) => tick(world.sync, POLL_TICK) },
    { kind, by: "another POST of its kind", takeUp: (world: World) => start(world, kind) },
  ]),
)("a $kind lost in the middle of a listing goes on with the very page, taken up by $by", async ({ kind, takeUp }) => {
  const world = await importedFirm({ largestPage: 2 });
  workAtTheFirm(world);
  const id = await lostRun(world, kind);
  await letPass(world, 61);
  await takeUp(world);
  await world.drain();
  // No page was read twice, nor left out.
  const cases = kind === "poll" ? 3 : 7;
  expect(await runOf(world, id)).toMatchObject({
    state: "succeeded",
    errors: [],
    counts: { custom_field: 2, staff: kind === "poll" ? 1 : 3, case: cases },
  });
  await expectWorkSeen(world);
  await expectNothingLost(world);
  expect(await leftForBackfill(world)).toEqual([]);
});

test("a run with a recent heartbeat is left to its consumer", async () => {
  const world = await importedFirm({ largestPage: 2 });
  const id = await lostRun(world, "backfill");
  await letPass(world, 55);
  await tick(world.sync, POLL_TICK);
  expect(await start(world, "backfill")).toBe(id);
  expect(world.bulk.waiting).toEqual([]);
});

test("a run that is taken up while its old message still comes is done once", async () => {
  const world = await importedFirm({ largestPage: 2 });
  workAtTheFirm(world);
  await start(world, "nightly");
  await world.env.DB.prepare("UPDATE runs SET heartbeat_at = '2026-01-01T00:00:00.000Z' WHERE org_id = ?")
    .bind(world.org)
    .run();
  await start(world, "nightly");
  await start(world, "nightly");
  expect(world.bulk.waiting.length).toBeGreaterThan(1);
  await world.drain();
  const nightlies = (await world.rows("runs")).filter((run) => run.kind === "nightly");
  expect(nightlies).toMatchObject([{ state: "succeeded" }]);
  expect(JSON.parse(String(nightlies[0]?.counts)).case).toBe(world.simulator.firm.cases.size);
});

test("two polls at once are one", async () => {
  const world = await importedFirm();
  const asked = await Promise.all([start(world, "poll"), start(world, "poll"), tick(world.sync, POLL_TICK)]);
  expect(asked[0]).toBe(asked[1]);
  const listed = () =>
    world.simulator.log.count(({ path, query }) => path === "/v1/cases" && query.includes("updated_after"));
  const before = listed();
  await world.drain();
  expect(listed() - before).toBe(1);
  expect((await world.rows("runs")).filter((run) => run.kind === "poll")).toHaveLength(1);
});

test.each(["poll", "nightly", "backfill"])(
  "a %s cancelled in the middle of a listing stops there, and a new one starts from the beginning",
  async (kind) => {
    const world = await importedFirm({ largestPage: 2 });
    workAtTheFirm(world);
    const id = await start(world, kind);
    const path = `/v1/orgs/${world.org}/runs/${id}`;
    let asked = 0;
    const stop = onSecondPage(world, "/v1/cases", async () => {
      await ask(world, "POST", `${path}/cancel`);
      asked = world.simulator.log.entries.length;
    });
    await world.drain();
    stop();
    expect(world.simulator.log.entries.length - asked, "requests after it was cancelled").toBe(1);
    expect(await runOf(world, id)).toMatchObject({ state: "cancelled", finished_at: expect.any(String) });
    await expectNothingLost(world);
    const next = await complete(world, kind);
    expect(next).toMatchObject({ state: "succeeded", errors: [] });
    expect(next.id).not.toBe(id);
    await expectWorkSeen(world);
    expect(await leftForBackfill(world)).toEqual([]);
  },
);

/** Where an earlier version of the program stored that a run was to go on. */
const FORMER_CURSOR = {
  stages: [{ do: "list", model: "staff", derive: false, changedOnly: false }],
  at: 0,
  next: null,
  after: 0,
  servedAt: null,
  seen: 0,
  best: 0,
  restarts: 0,
  configVersion: null,
};

test.each(["poll", "nightly"])("a %s whose cursor an earlier version stored starts over", async (kind) => {
  const world = await importedFirm({ largestPage: 2 });
  workAtTheFirm(world);
  const id = await start(world, kind);
  await world.env.DB.prepare("UPDATE runs SET cursor = ? WHERE id = ?").bind(JSON.stringify(FORMER_CURSOR), id).run();
  await world.drain();
  expect(await runOf(world, id)).toMatchObject({ state: "succeeded", errors: [] });
  await expectWorkSeen(world);
  expect(await leftForBackfill(world)).toEqual([]);
});

const messagesOf = (world: World, run: string) =>
  [...world.live.waiting, ...world.bulk.waiting].filter(({ body }) => (body as { run?: string }).run === run);

test("a step that takes minutes keeps its run alive: no second consumer is sent into it", async () => {
  const world = await importedFirm({ largestPage: 3 });
  const { setInterval } = globalThis;
  const beats: (() => void)[] = [];
  const spy = vi.spyOn(globalThis, "setInterval").mockImplementation(((work: () => void, ms: number) => {
    beats.push(work);
    return setInterval(work, ms);
  }) as typeof setInterval);
  const id = await start(world, "nightly");
  const heartbeat = async () => Date.parse((await world.sync.runs.get(world.org, id))?.heartbeat_at ?? "");
  let looked = false;
  const stop = onSecondPage(world, "/v1/cases", async () => {
    await letPass(world, 300);
    const before = await heartbeat();
    beats.at(-1)?.();
    await vi.waitFor(async () => expect(await heartbeat()).toBeGreaterThan(before));
    await reclaimStaleRuns(world.sync);
    expect(messagesOf(world, id)).toEqual([]);
    looked = true;
  });
  await world.drain();
  stop();
  spy.mockRestore();
  expect(looked).toBe(true);
  expect((await runOf(world, id)).state).toBe("succeeded");
});

test("a run whose message waits in a long queue is not queued again; one whose queue holds nothing as old is", async () => {
  const world = await importedFirm();
  const id = await start(world, "nightly");
  const silentSince = new Date(Date.now() - 5 * 60_000).toISOString();
  await world.env.DB.prepare("UPDATE runs SET heartbeat_at = ? WHERE id = ?").bind(silentSince, id).run();
  const reclaimWith = async (oldest_at: string | null) => {
    world.sync.backlog = async () => [{ queue: "bulk", messages: 3000, oldest_at }];
    await reclaimStaleRuns(world.sync);
    return messagesOf(world, id).length;
  };
  expect(await reclaimWith(new Date(Date.parse(silentSince) + 10).toISOString())).toBe(1);
  expect(await reclaimWith(new Date().toISOString())).toBe(2);
  await world.drain();
  expect((await runOf(world, id)).state).toBe("succeeded");
});
