import { expect, test } from "vitest";
import { ask } from "../support/api.ts";
import { plainCase, smallFirm } from "../support/firm.ts";
import type { World } from "../support/world.ts";

async function nightly(world: World) {
  const { body } = await ask(world, "POST", `/v1/orgs/${world.org}/runs`, { body: { kind: "nightly" } });
  await world.drain();
  return (await ask(world, "GET", `/v1/orgs/${world.org}/runs/${body.run.id}`)).body;
}

/** Four projects; two more cases that MyCase has lost or hides, without a word. */
async function firm(): Promise<World> {
  const world = await smallFirm();
  for (let id = 101; id < 104; id++) world.simulator.edit.create("cases", plainCase(id), { silent: true });
  await nightly(world);
  expect(await world.rows("projects")).toHaveLength(4);
  return world;
}

const tombstones = async (world: World) =>
  (await world.rows("projects")).filter((row) => row.deleted_at !== null).map((row) => row.case_id);

test("D5: a nightly finds a deletion that no webhook announced, by a 404 after a complete listing", async () => {
  const world = await firm();
  world.simulator.edit.remove("cases", 101, { silent: true });
  expect(await nightly(world)).toMatchObject({ state: "succeeded", counts: { case_not_listed: 1, case_deleted: 1 } });
  expect(await tombstones(world)).toEqual([101]);
  expect((await ask(world, "GET", `/v1/orgs/${world.org}/coverage`)).body).toMatchObject({
    mycase_total: 3,
    gone: { deleted: 1 },
  });
});

test("D5: a case that answers 403 is kept apart and its project stays as last known", async () => {
  const world = await firm();
  world.simulator.faults.hiddenCases.set(102, 403);
  expect((await nightly(world)).state).toBe("succeeded");
  expect(await tombstones(world)).toEqual([]);
  expect((await ask(world, "GET", `/v1/orgs/${world.org}/coverage`)).body).toMatchObject({
    mycase_total: 3,
    gone: { not_visible: 1, deleted: 0 },
  });
  expect((await ask(world, "GET", `/v1/orgs/${world.org}/explain/cases/102`)).body.code).toBe("case_not_visible");
});

test("D5: a truncated listing deletes nothing, whatever it leaves out", async () => {
  const world = await firm();
  world.simulator.edit.remove("cases", 101, { silent: true });
  world.simulator.faults.add({ path: "^/v1/cases$", body: "[]", headers: {} });
  await nightly(world);
  expect(await tombstones(world)).toEqual([]);
  world.simulator.faults.clear();
  await nightly(world);
  expect(await tombstones(world)).toEqual([101]);
});

test("R4: a nightly puts a hand-edited row back, and writes nothing when nothing differs", async () => {
  const world = await firm();
  expect(await nightly(world)).toMatchObject({ rows_written: 0, counts: { changed: 0 } });
  await world.env.DB.prepare("UPDATE projects SET name = 'By hand' WHERE org_id = ? AND case_id = 103")
    .bind(world.org)
    .run();
  expect((await nightly(world)).counts.changed).toBe(1);
  expect((await world.rows("projects")).find((row) => row.case_id === 103)).toMatchObject({ name: "Case 103" });
});
