import { expect, test } from "vitest";
import { tick } from "../../src/cron/tick.ts";
import { complete } from "../support/runs.ts";
import type { World } from "../support/world.ts";
import { everyGate, importedFirm } from "./support/firm.ts";
import { linksOf, tablesOf } from "./support/tables.ts";

const SILENT = { silent: true };
const POLL_TICK = "*/5 * * * *";

async function poll(world: World): Promise<void> {
  await tick(world.sync, POLL_TICK);
  await world.drain();
}

async function cursors(world: World): Promise<Record<string, unknown>> {
  return Object.fromEntries((await world.rows("poll_cursors")).map((row) => [row.model, row.updated_after]));
}

test("R52, D9: a new title and a leave are seen on roles and visibility within one poll, though no case has changed", async () => {
  const world = await importedFirm();
  const member = async (id: number) => (await tablesOf(world)).team.get(String(id));
  world.simulator.edit.addCaseStaff(100, 13, {}, SILENT);
  await poll(world);
  expect(await member(11)).toMatchObject({ role: "attorney", visible: 1 });
  expect(await member(13)).toMatchObject({ role: "attorney", visible: 1 });

  world.clock.ms += 600_000;
  world.simulator.edit.update("staff", 11, { title: "attorney" });
  world.simulator.edit.update("staff", 13, { active: false });
  await poll(world);
  expect(await member(11)).toMatchObject({ title: "attorney", role: null, visible: 0 });
  expect(await member(13)).toMatchObject({ role: "attorney", active: 0, visible: 0 });

  world.clock.ms += 600_000;
  world.simulator.edit.update("staff", 11, { title: "Partner" });
  world.simulator.edit.update("staff", 13, { active: true });
  await poll(world);
  expect(await member(11)).toMatchObject({ role: "attorney", visible: 1 });
  expect(await member(13)).toMatchObject({ active: 1, visible: 1 });
});

test("R36, R42: a renamed group links and unlinks its people on all their cases within one poll", async () => {
  const world = await importedFirm({ mapping: everyGate("by_group") });
  const linked = async () => [...(await tablesOf(world)).contactLinks.values()].map((row) => row.client_id);
  expect(new Set(await linked())).toEqual(new Set([1, 3]));

  world.clock.ms += 600_000;
  world.simulator.edit.update("people_groups", 1, { name: "Former client" });
  world.simulator.edit.update("people_groups", 2, { name: "Client" });
  await poll(world);
  expect(new Set(await linked())).toEqual(new Set([2, 4]));
  const { contacts, contactLinks } = await tablesOf(world);
  expect(contacts.get("1")).toMatchObject({ group_name: "Former client", unlinked_at: expect.any(String) });
  expect(contacts.get("2")).toMatchObject({ group_name: "Client", unlinked_at: null });
  expect(linksOf(contactLinks, 101).map((row) => row.client_id)).toEqual([2, 4]);
});

test("a poll that fails leaves the cursor of what it did not get where it was", async () => {
  const world = await importedFirm({ largestPage: 2 });
  await complete(world, "poll");
  const before = await cursors(world);
  world.clock.ms += 600_000;
  for (let id = 100; id < 106; id++) world.simulator.edit.update("cases", id, { name: `Edited ${id}` }, SILENT);
  world.simulator.faults.add({ path: "^/v1/cases$", status: 403, after: 1 });
  expect(await complete(world, "poll")).toMatchObject({ state: "failed", errors: [{ code: "forbidden" }] });
  expect(await cursors(world)).toMatchObject({ case: before.case });

  world.simulator.faults.clear();
  world.clock.ms += 600_000;
  expect((await complete(world, "poll")).state).toBe("succeeded");
  const names = [...(await tablesOf(world)).projects.values()].map((row) => row.name);
  expect(names).toEqual(expect.arrayContaining(["Edited 100", "Edited 105"]));
  const after = await cursors(world);
  expect(String(after.case) > String(before.case)).toBe(true);
});

test("no cursor moves past what a nightly has read and not derived: cancelled, it leaves them to the polls", async () => {
  const world = await importedFirm();
  const before = await cursors(world);
  world.clock.ms += 600_000;
  world.simulator.edit.update("clients", 2, { first_name: "Edited" }, SILENT);
  world.clock.ms += 600_000;
  world.simulator.faults.add({ path: "^/v1/cases$", status: 403 });
  expect((await complete(world, "nightly")).state).toBe("failed");
  expect(await cursors(world)).toEqual(before);

  world.simulator.faults.clear();
  await complete(world, "poll");
  expect((await tablesOf(world)).contacts.get("2")).toMatchObject({ first_name: "Edited" });
});
