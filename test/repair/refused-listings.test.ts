import { expect, test } from "vitest";
import { ask } from "../support/api.ts";
import { complete, leftForBackfill, runOf, start } from "../support/runs.ts";
import type { World } from "../support/world.ts";
import { connectedFirm, importedFirm } from "./support/firm.ts";
import { tablesOf } from "./support/tables.ts";
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

/** A run of the kind whose request of this number is answered 403, and whether nothing works without that one. */
async function refusedAt(world: World, kind: string, number: number) {
  let essential = false;
  const stop = atRequest(world, number, ({ path }) => {
    essential = isEssential(path);
    strikeNext(world, essential ? REFUSED : { status: 403 });
  });
  const run = await complete(world, kind);
  stop();
  world.simulator.faults.clear();
  return { run, essential };
}

const isEssential = (path: string) => /^\/v1\/(cases|clients|staff)/.test(path);

function expectEnd(run: { state: string; errors: { code: string }[] }, essential: boolean, number: number): void {
  const codes = run.errors.map(({ code }) => code);
  if (essential) expect([run.state, codes], `refused at request ${number}`).toEqual(["failed", ["forbidden"]]);
  else expect([run.state, codes.filter((code) => code !== "listing_forbidden")]).toEqual(["succeeded", []]);
}

test.each(["poll", "nightly"])(
  "D5: a %s that is refused a page goes on or fails, as it is essential or not; nothing is lost, and the next one repairs all",
  async (kind) => {
    const world = await importedFirm({ largestPage: 3 });
    await complete(world, kind);
    world.clock.ms += HOUR_MS;
    workAtTheFirm(world);
    const requests = await requestsOf(world, kind);
    for (let number = 0; number < requests; number++) {
      world.clock.ms += HOUR_MS;
      workAtTheFirm(world);
      const { run, essential } = await refusedAt(world, kind, number);
      expectEnd(run, essential, number);
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
    const { run, essential } = await refusedAt(world, "nightly", number);
    expectEnd(run, essential, number);
    world.clock.ms += HOUR_MS;
    expect((await complete(world, "poll")).state).toBe("succeeded");
    await expectWorkSeen(world);
  }
});

test("a first import that is refused an essential page fails and says why; the next one is complete", async () => {
  for (const number of [0, 1, 3, 5, 7]) {
    let essentials = 0;
    const world = await connectedFirm({ largestPage: 3 });
    const stop = beforeEachRequest(world, ({ path }) => {
      if (isEssential(path) && essentials++ === number) strikeNext(world, REFUSED);
    });
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

test.each([403, 404, 400])(
  "a connection that may list neither leads nor companies nor the firm's lists (%i) imports and keeps everything else",
  async (status) => {
    const world = await connectedFirm({ pullLeadObjects: true });
    const { faults, edit } = world.simulator;
    const path = "^/v1/(leads|companies|custom_fields|people_groups|case_stages|practice_areas|webhooks)";
    const body = JSON.stringify({ errors: [{ description: "Not allowed" }] });
    faults.add({ path, status, body });
    await world.drain();
    expect(await world.rows("mycase_cases")).toHaveLength(6);
    edit.remove("cases", 104, { silent: true });
    edit.update("cases", 105, { name: "Renamed" }, { silent: true });
    world.clock.ms += HOUR_MS;
    for (const kind of ["poll", "nightly"]) {
      const run = await complete(world, kind);
      expect(run.state).toBe("succeeded");
      expect(new Set(run.errors.map(({ code }: { code: string }) => code))).toEqual(new Set(["listing_forbidden"]));
      expect(run.errors).toHaveLength(6);
    }
    const { projects } = await tablesOf(world);
    expect(projects.get("105")?.name).toBe("Renamed");
    expect(projects.get("104")?.deleted_at).toEqual(expect.any(String));
    const health = async () => (await ask(world, "GET", `/v1/orgs/${world.org}/health`)).body;
    const { alarms, connection } = await health();
    expect(connection.state).toBe("connected");
    const alarm = alarms.find(({ code }: { code: string }) => code === "listing_forbidden");
    for (const model of ["lead", "company", "people_group"]) expect(alarm.detail).toContain(model);

    faults.clear();
    world.clock.ms += HOUR_MS;
    expect(await complete(world, "nightly")).toMatchObject({ state: "succeeded", errors: [] });
    const codes = (await health()).alarms.map(({ code }: { code: string }) => code);
    expect(codes).not.toContain("listing_forbidden");
  },
);

test("a connection that may not list cases, clients or staff has lost its permission, and runs say so", async () => {
  for (const path of ["cases", "clients", "staff"]) {
    const world = await importedFirm();
    world.simulator.faults.add({ path: `^/v1/${path}$`, status: 403 });
    expect(await complete(world, "poll")).toMatchObject({ state: "failed", errors: [{ code: "forbidden" }] });
    expect((await world.sync.connection(world.org).status()).state).toBe("permission_lost");
  }
});

test("deletions that two nightlies in a row could not look for raise an alarm, until a listing is complete", async () => {
  const world = await importedFirm({ largestPage: 2 });
  const codes = async () =>
    (await ask(world, "GET", `/v1/orgs/${world.org}/health`)).body.alarms.map(({ code }: { code: string }) => code);
  world.simulator.faults.truncateListings = true;
  await complete(world, "nightly");
  expect(await codes()).not.toContain("deletions_unchecked");
  await complete(world, "poll");
  await complete(world, "nightly");
  expect(await codes()).toContain("deletions_unchecked");
  world.simulator.faults.clear();
  await complete(world, "nightly");
  expect(await codes()).not.toContain("deletions_unchecked");
});

test.each([
  ["nothing beside a count of six", "[]"],
  ["nothing that can be used", JSON.stringify([{ id: "x" }, { id: 1, clients: "none" }, { name: 3 }])],
])(
  "an import whose listing of cases shows %s does not succeed, and is complete once it shows them",
  async (_, body) => {
    const world = await connectedFirm();
    world.simulator.faults.add({ path: "^/v1/cases", body, headers: { "item-count": "6" } });
    await world.drain({ most: 12 }).catch(() => null);
    expect((await world.rows("runs")).map(({ state }) => state)).not.toContain("succeeded");
    world.simulator.faults.clear();
    await complete(world, "backfill");
    expect(await world.rows("projects")).toHaveLength(6);
  },
);
