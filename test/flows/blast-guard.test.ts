import { expect, test } from "vitest";
import type { SimulatorOptions } from "../../simulator/simulator.ts";
import { tick } from "../../src/cron/tick.ts";
import { ask } from "../support/api.ts";
import { announce } from "../support/events.ts";
import { plainCase, smallFirm } from "../support/firm.ts";
import { complete } from "../support/runs.ts";
import { MAPPING, type World } from "../support/world.ts";

const GUARDED = { ...MAPPING, blast_guard: { max_share: 0.2, min_projects: 5 } };

/** Ten projects, and a mapping that lets a run harm two of them unasked. */
async function tenProjects(options: SimulatorOptions = {}): Promise<World> {
  const world = await smallFirm(options);
  for (let id = 101; id < 110; id++) world.simulator.edit.create("cases", plainCase(id), { silent: true });
  await ask(world, "PUT", `/v1/orgs/${world.org}/mapping`, { body: GUARDED });
  await complete(world, "poll");
  expect(await world.rows("projects")).toHaveLength(10);
  return world;
}

const lost = async (world: World) => (await world.rows("projects")).filter((row) => row.type_unmapped === 1).length;

test.each(["poll", "nightly", "backfill"])(
  "a %s that would take half of the projects away is held, nothing applied, until it is approved",
  async (kind) => {
    const world = await tenProjects();
    for (let id = 100; id < 105; id++)
      world.simulator.edit.update("cases", id, { practice_area: "Renamed area" }, { silent: true });
    const id = (await complete(world, kind)).id;
    const path = `/v1/orgs/${world.org}/runs/${id}`;
    expect((await ask(world, "GET", path)).body).toMatchObject({ state: "held", diff: { projects: { unmapped: 5 } } });
    expect(await lost(world)).toBe(0);

    expect((await ask(world, "POST", `${path}/approve`)).status).toBe(200);
    await world.drain();
    expect((await ask(world, "GET", path)).body.state).toBe("succeeded");
    expect(await lost(world)).toBe(5);
    expect((await ask(world, "POST", `${path}/approve`)).body.code).toBe("not_held");
  },
);

const runState = async (world: World, id: string) =>
  (await ask(world, "GET", `/v1/orgs/${world.org}/runs/${id}`)).body.state;

function rename(world: World, ids: number[], practice_area = "Renamed area"): void {
  for (const id of ids) world.simulator.edit.update("cases", id, { practice_area }, { silent: true });
}

async function approve(world: World, id: string) {
  await ask(world, "POST", `/v1/orgs/${world.org}/runs/${id}/approve`);
  await world.drain();
  return (await ask(world, "GET", `/v1/orgs/${world.org}/runs/${id}`)).body;
}

test.each(["poll", "nightly"])(
  "the harm that a %s does is summed over its pages; what goes beyond is held",
  async (kind) => {
    const world = await tenProjects({ largestPage: 2 });
    rename(world, [100, 101, 102, 103, 104]);
    const id = (await complete(world, kind)).id;
    const applied = kind === "poll" ? 2 : 0; // a run over everything weighs all of it first
    expect((await ask(world, "GET", `/v1/orgs/${world.org}/runs/${id}`)).body).toMatchObject({
      state: "held",
      reason: "blast_guard",
      diff: { projects: { unmapped: 5 - applied } },
    });
    expect(await lost(world)).toBe(applied);
    expect(await approve(world, id)).toMatchObject({ state: "succeeded" });
    expect(await lost(world)).toBe(5);
  },
);

test("what is held stays as it was whatever touches it, but for an event of that very case", async () => {
  const world = await tenProjects();
  rename(world, [100, 101, 102, 103, 104]);
  const id = (await complete(world, "nightly")).id;
  world.simulator.edit.update("clients", 1, { email: "new@example.com" }, { silent: true });
  await announce(world, "client", 1);
  await world.drain();
  expect((await world.rows("contacts"))[0]).toMatchObject({ email: "new@example.com" });
  expect(await lost(world)).toBe(0);
  await announce(world, "case", 100);
  await world.drain();
  expect(await lost(world)).toBe(1);
  await ask(world, "POST", `/v1/orgs/${world.org}/projects/101/resync`);
  await world.drain();
  expect(await lost(world)).toBe(2);
  expect(await approve(world, id)).toMatchObject({ state: "succeeded" });
  expect(await lost(world)).toBe(5);
  expect(await world.rows("held_cases")).toEqual([]);
});

test("a held run keeps no other run waiting: a later poll goes on, and a later nightly weighs everything anew", async () => {
  const world = await tenProjects();
  rename(world, [100, 101, 102, 103, 104]);
  const first = (await complete(world, "poll")).id;
  world.simulator.edit.update("cases", 109, { name: "Changed" }, { silent: true });
  const next = (await complete(world, "poll")).id;
  expect(next).not.toBe(first);
  expect([await runState(world, first), await runState(world, next)]).toEqual(["held", "succeeded"]);
  expect((await world.rows("projects")).find((row) => row.case_id === 109)).toMatchObject({ name: "Changed" });
  expect(await lost(world)).toBe(0);
  const nightly = (await complete(world, "nightly")).id;
  expect([await runState(world, first), await runState(world, nightly)]).toEqual(["cancelled", "held"]);
  rename(world, [100, 101, 102, 103, 104], "Personal Injury");
  expect((await complete(world, "nightly")).state).toBe("succeeded");
  expect(await world.rows("held_cases")).toEqual([]);
});

test("approving covers what was shown: a case that would be harmed otherwise by then is held again", async () => {
  const world = await tenProjects();
  rename(world, [100, 101, 102, 103, 104]);
  const id = (await complete(world, "nightly")).id;
  world.simulator.edit.update("cases", 104, { practice_area: "Personal Injury", clients: [] }, { silent: true });
  await complete(world, "poll");
  expect(await approve(world, id)).toMatchObject({
    state: "held",
    diff: { projects: { unmapped: 0 }, contacts: { unlinked: 1 } },
  });
  expect(await lost(world)).toBe(4);
  expect(await approve(world, id)).toMatchObject({ state: "succeeded" });
  expect((await world.rows("project_contacts")).filter((row) => row.case_id === 104)).toEqual([]);
});

test("a held run that is cancelled applies nothing, and the next one asks again", async () => {
  const world = await tenProjects();
  for (let id = 100; id < 105; id++)
    world.simulator.edit.update("cases", id, { practice_area: "Renamed area" }, { silent: true });
  const id = (await complete(world, "nightly")).id;
  expect((await ask(world, "POST", `/v1/orgs/${world.org}/runs/${id}/cancel`)).body.state).toBe("cancelled");
  expect(await lost(world)).toBe(0);
  const again = (await complete(world, "nightly")).id;
  expect(again).not.toBe(id);
  expect((await ask(world, "GET", `/v1/orgs/${world.org}/runs/${again}`)).body.state).toBe("held");
});

/** Everybody linked by group, and that group renamed: the derivation that would unlink all is held. */
async function heldByRename(): Promise<World> {
  const world = await tenProjects();
  await ask(world, "PUT", `/v1/orgs/${world.org}/mapping?confirm=true`, { body: BY_GROUP });
  await world.drain();
  expect(await world.rows("project_contacts")).toHaveLength(10);
  await world.env.DB.prepare("UPDATE poll_cursors SET updated_after = ? WHERE org_id = ?") // no record has changed since
    .bind(new Date(Date.now() + 5_000).toISOString(), world.org)
    .run();
  world.simulator.edit.update("people_groups", 1, { name: "Customer" });
  await tick(world.sync, "*/5 * * * *");
  await world.drain();
  expect(await held(world)).toEqual(["mapping"]);
  return world;
}

const BY_GROUP = { ...GUARDED, contacts: { ...GUARDED.contacts, mode: "by_group" } };
const held = async (world: World) =>
  (await world.rows("runs")).filter((run) => run.state === "held").map((run) => run.kind);
const superseded = async (world: World) =>
  (await world.rows("runs"))
    .filter((run) => run.state === "cancelled" && String(run.errors).includes('"superseded"'))
    .map((run) => run.kind);

test("a renamed people group that would unlink everybody is held too, though no case has changed", async () => {
  const world = await heldByRename();
  expect(await world.rows("project_contacts")).toHaveLength(10);
});

test("R25: a mapping that somebody confirms is applied at once, whatever is held at the time", async () => {
  const world = await heldByRename();
  const roles = [{ key: "client", name: "Client", groups: ["Customer"] }];
  const renamed = { ...BY_GROUP, contacts: { ...BY_GROUP.contacts, roles } };
  expect((await ask(world, "PUT", `/v1/orgs/${world.org}/mapping`, { body: renamed })).status).toBe(200);
  await world.drain();
  expect(await held(world)).toEqual([]);
  expect(await superseded(world)).toEqual(["mapping"]);
  expect(await world.rows("project_contacts")).toHaveLength(10);

  const nobody = { ...renamed, contacts: { ...renamed.contacts, roles: [{ ...roles[0], groups: ["Nobody"] }] } };
  expect((await ask(world, "PUT", `/v1/orgs/${world.org}/mapping`, { body: nobody })).body.code).toBe("blast_guard");
  await ask(world, "PUT", `/v1/orgs/${world.org}/mapping?confirm=true`, { body: nobody });
  await world.drain();
  expect(await world.rows("project_contacts")).toHaveLength(0);
});

test("a confirmed mapping is applied at once too by a run that an earlier version stored", async () => {
  const world = await tenProjects();
  const fields = { ...GUARDED.fields, project_type: { field: "office" } };
  await ask(world, "PUT", `/v1/orgs/${world.org}/mapping?confirm=true`, { body: { ...GUARDED, fields } });
  await world.env.DB.prepare(`UPDATE runs SET trigger = 'mapping', cursor = '{"stages":[],"at":0}'
    WHERE org_id = ? AND state = 'queued'`)
    .bind(world.org)
    .run();
  await world.drain();
  const { body } = await ask(world, "GET", `/v1/orgs/${world.org}/runs`);
  expect(body.data[0]).toMatchObject({ kind: "mapping", trigger: "mapping_change", state: "succeeded" });
  expect(await lost(world)).toBe(10);
});

test("a setting changed while a derivation is held re-evaluates the guard", async () => {
  const world = await heldByRename();
  const before = (await world.rows("runs")).find((run) => run.state === "held")?.id;
  await ask(world, "PATCH", `/v1/orgs/${world.org}`, { body: { default_country: "GB" } });
  await world.drain();
  expect(await superseded(world)).toEqual(["mapping"]);
  expect(await held(world)).toEqual(["mapping"]);
  expect((await world.rows("runs")).find((run) => run.state === "held")?.id).not.toBe(before);
});

test("what was held is over once everything has been listed and derived without harm", async () => {
  const world = await heldByRename();
  world.simulator.edit.update("people_groups", 1, { name: "Client" });
  for (let id = 100; id < 105; id++)
    world.simulator.edit.update("cases", id, { practice_area: "Renamed area" }, { silent: true });
  await world.env.DB.prepare("DELETE FROM poll_cursors WHERE org_id = ?").bind(world.org).run();
  await complete(world, "poll");
  expect(await held(world)).toEqual(["mapping"]); // the poll leaves alone what is held already
  expect(await lost(world)).toBe(0);
  for (let id = 100; id < 105; id++)
    world.simulator.edit.update("cases", id, { practice_area: "Personal Injury" }, { silent: true });
  await complete(world, "nightly");
  expect(await held(world)).toEqual([]);
  expect(await superseded(world)).toEqual(["mapping", "mapping"]); // the group's second name was derived anew, and held
  expect(await lost(world)).toBe(0);
  expect(await world.rows("project_contacts")).toHaveLength(10);
});

test("what stays below the share is not held, nor is a single case, nor a firm with few projects", async () => {
  const world = await tenProjects();
  for (let id = 100; id < 102; id++)
    world.simulator.edit.update("cases", id, { practice_area: "Renamed area" }, { silent: true });
  await complete(world, "nightly");
  expect(await lost(world)).toBe(2);
  const few = await smallFirm();
  await ask(few, "PUT", `/v1/orgs/${few.org}/mapping`, { body: GUARDED });
  few.simulator.edit.update("cases", 100, { practice_area: "Renamed area" }, { silent: true });
  await complete(few, "nightly");
  expect(await lost(few)).toBe(1);
});
