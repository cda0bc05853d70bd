import { expect, test } from "vitest";
import { complete, leftForBackfill } from "../support/runs.ts";
import type { World } from "../support/world.ts";
import { connectedFirm, importedFirm } from "./support/firm.ts";
import { tablesOf } from "./support/tables.ts";
import { PASSING } from "./support/troubles.ts";
import { expectNothingLost } from "./support/work.ts";

const SILENT = { silent: true };

async function deletedAt(world: World, table: "projects" | "contacts", id: number): Promise<unknown> {
  return (await tablesOf(world))[table].get(String(id))?.deleted_at;
}

/** A case and a client are gone, and one case is out of sight: a nightly asks for each of them by its id. */
async function sweptFirm(): Promise<World> {
  const world = await importedFirm();
  world.simulator.edit.remove("cases", 101, SILENT);
  world.simulator.edit.remove("clients", 3, SILENT);
  world.simulator.faults.hideCase(103, 403);
  return world;
}

test.each(Object.keys(PASSING))(
  "D5: a reconciliation that meets %s asks again before it decides between deleted and hidden",
  async (name) => {
    const world = await sweptFirm();
    for (const path of ["^/v1/cases/101$", "^/v1/cases/103$", "^/v1/clients/3$"])
      world.simulator.faults.add({ path, times: 1, ...PASSING[name] });
    expect(await complete(world, "nightly")).toMatchObject({ state: "succeeded", errors: [] });
    expect(await deletedAt(world, "projects", 101)).toEqual(expect.any(String));
    expect(await deletedAt(world, "contacts", 3)).toEqual(expect.any(String));
    expect(await deletedAt(world, "projects", 103)).toBeNull();
    await expectNothingLost(world);
  },
);

test("D5: a deleted case that a reconciliation was refused leaves its tombstone once MyCase says 404", async () => {
  const world = await importedFirm();
  world.simulator.edit.remove("cases", 101, SILENT);
  world.simulator.faults.add({ path: "^/v1/cases/101$", status: 403 });
  await complete(world, "nightly");
  expect(await deletedAt(world, "projects", 101)).toBeNull();
  world.simulator.faults.clear();
  await complete(world, "nightly");
  expect(await deletedAt(world, "projects", 101)).toEqual(expect.any(String));
});

test("D5: a case that could not be read, and is deleted then, leaves its tombstone too", async () => {
  const world = await importedFirm();
  world.simulator.edit.update("cases", 101, { staff: "nobody" as never }, SILENT);
  await complete(world, "nightly");
  expect((await world.rows("mycase_cases")).find((row) => row.id === 101)).toMatchObject({ state: "malformed" });
  expect(await world.rows("dead_letters")).toMatchObject([{ model: "case", record_id: 101, closed_at: null }]);
  world.simulator.edit.update("cases", 101, { staff: [] }, SILENT);
  world.simulator.edit.remove("cases", 101, SILENT);
  await complete(world, "nightly");
  expect(await deletedAt(world, "projects", 101)).toEqual(expect.any(String));
  expect(await world.rows("dead_letters")).toMatchObject([{ closed_by: "nightly" }]);
});

test.each([403, 404])(
  "R65: a person whom a case names and MyCase answers %i for hides neither case nor colleagues",
  async (status) => {
    const world = await connectedFirm();
    // The listings leave them out, so that they are asked for by id.
    const unseen = { client: world.simulator.edit.get("clients", 3), staff: world.simulator.edit.get("staff", 13) };
    world.simulator.edit.addCaseStaff(100, 13, {}, SILENT);
    world.simulator.firm.clients.delete(unseen.client.id);
    world.simulator.firm.staff.delete(unseen.staff.id);
    world.simulator.core.touched("clients");
    world.simulator.core.touched("staff");
    world.simulator.faults.add({ path: "^/v1/(clients/3|staff/13)$", status });
    await world.drain();
    const { projects, teamLinks } = await tablesOf(world);
    expect(projects.size).toBe(6);
    expect(teamLinks.has("100:11")).toBe(true);

    world.simulator.faults.clear();
    world.simulator.firm.clients.set(3, unseen.client);
    world.simulator.firm.staff.set(13, unseen.staff);
    world.simulator.core.touched("clients");
    world.simulator.core.touched("staff");
    expect((await complete(world, "nightly")).state).toBe("succeeded");
    expect((await tablesOf(world)).teamLinks.has("100:13")).toBe(true);
    expect(await leftForBackfill(world)).toEqual([]);
  },
);
