import { expect, test } from "vitest";
import type { FaultRule } from "../../simulator/fault-rules.ts";
import { announce } from "../support/events.ts";
import { complete, runOf } from "../support/runs.ts";
import { createWorld, MAPPING, type World } from "../support/world.ts";
import { connectedFirm, importedFirm } from "./support/firm.ts";
import { tablesOf } from "./support/tables.ts";

const SILENT = { silent: true };

/** What MyCase may answer for one record for ever. */
const LASTING: Record<string, Omit<FaultRule, "path">> = {
  "a 500": { status: 500 },
  "a 503 that says to come back in a year": { status: 503, headers: { "retry-after": "31536000" } },
  "a 400": { status: 400 },
  "a 410": { status: 410 },
  "a 422": { status: 422 },
  "a redirect": { status: 302, headers: { location: "https://elsewhere.example/login" } },
  "a 408": { status: 408 },
  "an answer cut off": { cutOff: true },
  "a 404 that is not MyCase's": { status: 404, body: "<html></html>", headers: { "content-type": "text/html" } },
};

async function openDeadLetters(world: World) {
  const deadLetters = (await world.rows("dead_letters")).filter((deadLetter) => deadLetter.closed_at === null);
  return deadLetters.map(({ model, record_id, code }) => ({ model, record_id, code }));
}

async function stateOf(world: World, table: string, id: number): Promise<unknown> {
  return (await world.rows(table)).find((row) => row.id === id)?.state;
}

async function connectionState(world: World) {
  return (await world.sync.connection(world.org).status()).state;
}

/** The listings leave a client and a member of staff out, so that they are read by id, which fails for ever. */
function hidePeople(world: World, trouble: Omit<FaultRule, "path">): () => void {
  const { simulator } = world;
  const client = simulator.edit.get("clients", 3);
  const staff = simulator.edit.get("staff", 13);
  simulator.edit.addCaseStaff(100, 13, {}, SILENT);
  simulator.firm.clients.delete(3);
  simulator.firm.staff.delete(13);
  const touch = () => {
    simulator.core.touched("clients");
    simulator.core.touched("staff");
  };
  touch();
  simulator.faults.add({ path: "^/v1/(clients/3|staff/13)$", ...trouble });
  return () => {
    simulator.faults.clear();
    simulator.firm.clients.set(3, client);
    simulator.firm.staff.set(13, staff);
    touch();
  };
}

test.each(Object.keys(LASTING))(
  "R65: people whom MyCase answers with %s for ever stop no import, are dead letters, and are read again at night",
  async (name) => {
    const world = await connectedFirm();
    const heal = hidePeople(world, LASTING[name] ?? {});
    await world.drain();
    const [run] = await world.rows("runs");
    expect(run).toMatchObject({ kind: "backfill", state: "succeeded" });
    expect((await tablesOf(world)).projects.size).toBe(6);
    expect(await openDeadLetters(world)).toEqual(
      expect.arrayContaining([
        { model: "client", record_id: 3, code: "unreadable" },
        { model: "staff", record_id: 13, code: "unreadable" },
      ]),
    );
    expect(await openDeadLetters(world)).toHaveLength(2);
    expect(await stateOf(world, "mycase_clients", 3)).toBe("unreadable");
    expect(await connectionState(world)).toBe("connected");

    expect((await complete(world, "nightly")).state).toBe("succeeded");
    expect(await openDeadLetters(world)).toHaveLength(2);
    heal();
    expect((await complete(world, "nightly")).state).toBe("succeeded");
    expect(await openDeadLetters(world)).toEqual([]);
    expect((await tablesOf(world)).teamLinks.has("100:13")).toBe(true);
    expect(await world.rows("record_failures")).toEqual([]);
  },
);

test("R65: an event about a record that fails for ever holds up no other, and leaves the record as it was", async () => {
  const world = await importedFirm();
  const before = (await tablesOf(world)).projects.get("101");
  world.simulator.edit.update("cases", 101, { name: "Never seen" }, SILENT);
  world.simulator.edit.update("cases", 102, { name: "Seen" }, SILENT);
  world.simulator.faults.add({ path: "^/v1/cases/101$", status: 500 });
  await announce(world, "case", 101);
  await announce(world, "case", 102);
  await world.drain();
  const { projects } = await tablesOf(world);
  expect(projects.get("102")).toMatchObject({ name: "Seen" });
  expect(projects.get("101")).toEqual(before);
  expect(await openDeadLetters(world)).toEqual([{ model: "case", record_id: 101, code: "unreadable" }]);
  expect(await connectionState(world)).toBe("connected");
});

test("R65: a record that fails a few times and then answers is not a dead letter", async () => {
  const world = await importedFirm();
  world.simulator.edit.update("cases", 101, { name: "Seen after all" }, SILENT);
  world.simulator.faults.add({ path: "^/v1/cases/101$", status: 500, times: 4 });
  await announce(world, "case", 101);
  await world.drain();
  expect((await tablesOf(world)).projects.get("101")).toMatchObject({ name: "Seen after all" });
  expect(await openDeadLetters(world)).toEqual([]);
  expect(await world.rows("record_failures")).toEqual([]);
});

test("R65: while MyCase answers nothing, no record is given up, however often it is tried", async () => {
  const world = await importedFirm();
  world.simulator.edit.update("cases", 101, { name: "After the outage" }, SILENT);
  world.simulator.faults.maintenance = true;
  await announce(world, "case", 101);
  await expect(world.drain({ most: 12 })).rejects.toThrow("not empty");
  expect(await connectionState(world)).toBe("mycase_unavailable");
  expect(await openDeadLetters(world)).toEqual([]);
  world.simulator.faults.maintenance = false;
  await world.drain();
  expect((await tablesOf(world)).projects.get("101")).toMatchObject({ name: "After the outage" });
});

test("R65, T1: a resync of a case that fails for ever ends, and says so", async () => {
  const world = await importedFirm();
  world.simulator.faults.add({ path: "^/v1/cases/101$", status: 500 });
  const { job } = await world.sync.resyncs.open(world.org, 101, world.sync.now());
  await world.live.send({
    kind: "record",
    org: world.org,
    model: "case",
    id: 101,
    trigger: "manual",
    action: null,
    job: job.id,
  });
  await world.drain();
  expect(await world.sync.resyncs.get(world.org, job.id)).toMatchObject({
    state: "failed",
    error: { code: "case_unreadable" },
  });
});

test("R65: one per cent of the people fails for ever: import, edits, poll and nightly get everything else right", async () => {
  const world = await createWorld({ cases: 150 });
  const { simulator } = world;
  const people = [...simulator.firm.clients.values()];
  const bad = [...simulator.firm.cases.values()].flatMap((record) => record.clients.map(({ id }) => id));
  const failing = [...new Set(bad)].slice(0, 8);
  for (const id of failing) simulator.firm.clients.delete(id);
  simulator.core.touched("clients");
  simulator.faults.add({ path: `^/v1/clients/(${failing.join("|")})$`, status: 500 });
  await world.setMapping(MAPPING);
  await world.connect();
  await world.drain();
  const [imported] = await world.rows("runs");
  expect(imported).toMatchObject({ kind: "backfill", state: "succeeded" });

  const good = people.filter(({ id }) => !failing.includes(id)).slice(0, 10);
  for (const { id } of good) simulator.edit.update("clients", id, { first_name: `Edited ${id}` }, SILENT);
  const edited = [...simulator.firm.cases.values()].slice(0, 20);
  for (const { id } of edited) simulator.edit.update("cases", id, { name: `Edited ${id}` }, SILENT);
  for (const { id } of edited.slice(0, 10)) await announce(world, "case", id);
  await world.drain();
  for (const kind of ["poll", "nightly"]) {
    const run = await runOf(world, (await complete(world, kind)).id);
    expect(run).toMatchObject({ state: "succeeded" });
  }

  expect((await openDeadLetters(world)).map((deadLetter) => deadLetter.record_id).sort()).toEqual([...failing].sort());
  const { projects, contacts } = await tablesOf(world);
  for (const [id, row] of projects) {
    const record = simulator.firm.cases.get(Number(id));
    expect(row).toMatchObject({ name: record?.name, case_stage: record?.case_stage, deleted_at: null });
  }
  for (const [id, row] of contacts) {
    expect(row).toMatchObject({ first_name: simulator.firm.clients.get(Number(id))?.first_name, deleted_at: null });
  }
  expect(await connectionState(world)).toBe("connected");
});
