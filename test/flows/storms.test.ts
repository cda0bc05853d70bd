import { expect, test } from "vitest";
import { consume } from "../../src/queue/consume.ts";
import { announce } from "../support/events.ts";
import { plainCase, smallFirm } from "../support/firm.ts";
import { batchOf } from "../support/queues.ts";
import type { World } from "../support/world.ts";

async function firmOf(cases: number): Promise<World> {
  const world = await smallFirm();
  for (let id = 101; id < 100 + cases; id++) world.simulator.edit.create("cases", plainCase(id), { silent: true });
  for (let id = 101; id < 100 + cases; id++) await announce(world, "case", id);
  await world.drain();
  expect(await world.rows("projects")).toHaveLength(cases);
  world.simulator.log.clear();
  return world;
}

/** So many events about the first cases in turn, each after its edit. */
async function storm(world: World, events: number, cases: number): Promise<void> {
  for (let event = 0; event < events; event++) {
    const id = 100 + (event % cases);
    world.simulator.edit.update("cases", id, { name: `Name ${event}` }, { silent: true });
    await announce(world, "case", id);
  }
}

const reads = (world: World) => world.simulator.log.count(({ method }) => method === "GET");

test("a thousand events about a thousand cases cost a page for each batch, and every case is right", async () => {
  const world = await firmOf(1000);
  await storm(world, 1000, 1000);
  await world.drain();
  expect(reads(world)).toBeLessThanOrEqual(20);
  for (const row of await world.rows("projects")) expect(row.name).toBe(`Name ${Number(row.case_id) - 100}`);
});

test("a thousand events about one case cost one read for each batch", async () => {
  const world = await firmOf(1);
  await storm(world, 1000, 1);
  await world.drain();
  expect(reads(world)).toBeLessThanOrEqual(10);
  expect((await world.rows("projects"))[0]).toMatchObject({ name: "Name 999" });
});

test("what the page does not show is read by id: a deleted case, and one whose date MyCase has wrong", async () => {
  const world = await firmOf(8);
  await storm(world, 8, 8);
  world.simulator.edit.remove("cases", 103, { silent: true });
  world.simulator.edit.update(
    "cases",
    104,
    { name: "Dated long ago", updated_at: "2001-01-01T00:00:00Z" },
    { silent: true, keepUpdatedAt: true },
  );
  await world.drain();
  expect(world.simulator.log.entries.map(({ path }) => path).sort()).toEqual([
    "/v1/cases",
    "/v1/cases/103",
    "/v1/cases/104",
  ]);
  const rows = new Map((await world.rows("projects")).map((row) => [row.case_id, row]));
  expect(rows.get(103)?.deleted_at).not.toBeNull();
  expect(rows.get(104)).toMatchObject({ name: "Dated long ago" });
  expect(rows.get(105)).toMatchObject({ name: "Name 5" });
});

test("when the page cannot be had, each case is still read by id", async () => {
  const world = await firmOf(6);
  await storm(world, 6, 6);
  world.simulator.faults.add({ path: "^/v1/cases$", status: 400 });
  await world.drain();
  expect((await world.rows("projects")).map((row) => row.name)).toEqual([0, 1, 2, 3, 4, 5].map((n) => `Name ${n}`));
});

test("an event that came before a finished read of its record began costs nothing; one that came after is read", async () => {
  const world = await firmOf(1);
  await announce(world, "case", 100);
  const late = world.live.waiting.splice(0);
  const later = new Date(Date.now() + 5_000);
  world.sync.now = () => later;
  world.simulator.edit.update("cases", 100, { name: "Read later" }, { silent: true });
  await announce(world, "case", 100);
  await world.drain();
  expect(reads(world)).toBe(1);

  await consume(world.sync, batchOf("live", late));
  expect(late[0]?.verdict).toBe("ack");
  expect(reads(world)).toBe(1);

  await announce(world, "case", 100);
  await world.drain();
  expect(reads(world)).toBe(2);
});

test("a read that could not be saved answers no event", async () => {
  const world = await firmOf(1);
  await announce(world, "case", 100);
  const late = world.live.waiting.splice(0);
  const later = new Date(Date.now() + 5_000);
  world.sync.now = () => later;
  world.simulator.edit.update("cases", 100, { name: "After all" }, { silent: true });
  const { batch } = world.env.DB;
  world.env.DB.batch = () => Promise.reject(new Error("gone"));
  await announce(world, "case", 100);
  await consume(world.sync, batchOf("live", world.live.waiting.splice(0)));
  world.env.DB.batch = batch;
  await consume(world.sync, batchOf("live", late));
  expect((await world.rows("projects"))[0]).toMatchObject({ name: "After all" });
});

test("a case read by id and then listed is not written again: its hash does not depend on how it was asked for", async () => {
  const world = await firmOf(6);
  const before = await world.rows("mycase_cases");
  await storm(world, 1, 1);
  await world.drain();
  const single = (await world.rows("mycase_cases")).find((row) => row.id === 100);
  expect(String(single?.record)).toContain("first_name");
  for (let id = 100; id < 106; id++) await announce(world, "case", id);
  await world.drain();
  const after = await world.rows("mycase_cases");
  expect(after.find((row) => row.id === 100)?.version).toBe(single?.version);
  expect(after.filter((row) => row.id !== 100).map((row) => row.version)).toEqual(
    before.filter((row) => row.id !== 100).map((row) => row.version),
  );
});
