import { expect, test } from "vitest";
import { ask } from "../support/api.ts";
import { complete, leftForBackfill } from "../support/runs.ts";
import { connectedFirm, importedFirm } from "./support/firm.ts";
import { tablesOf } from "./support/tables.ts";
import { beforeEachRequest, expectProgress, onSecondPage } from "./support/watch.ts";
import { expectNothingLost, expectWorkSeen, workAtTheFirm } from "./support/work.ts";

const HOUR_MS = 3_600_000;
const THREE_DAYS_MS = 3 * 24 * HOUR_MS;

const isNextPage = (url: URL) => url.searchParams.has("page_token");

test.each(["poll", "nightly"])(
  "D5: a %s whose listings all end after their first page loses nothing, says so, and the next one repairs all",
  async (kind) => {
    const world = await importedFirm({ largestPage: 2 });
    await complete(world, kind);
    world.clock.ms += HOUR_MS;
    workAtTheFirm(world);
    world.simulator.edit.removeCaseStaff(104, 11, { silent: true });
    world.simulator.edit.remove("clients", 3, { silent: true });
    world.simulator.faults.truncateListings = true;
    const progressed = expectProgress(world);
    const run = await complete(world, kind);
    progressed();
    expect(run.errors.map((error: { code: string }) => error.code)).toContain("listing_incomplete");
    expect((await tablesOf(world)).contacts.get("3")).toMatchObject({ deleted_at: null });
    world.simulator.faults.clear();
    world.clock.ms += HOUR_MS;
    expect(await complete(world, kind)).toMatchObject({ state: "succeeded", errors: [] });
    await expectWorkSeen(world);
    await expectNothingLost(world);
    if (kind === "nightly") expect(await leftForBackfill(world)).toEqual([]);
  },
);

test("a first import whose listings end early is completed by the next poll", async () => {
  const world = await connectedFirm({ largestPage: 2 });
  world.simulator.faults.truncateListings = true;
  await world.drain();
  world.simulator.faults.clear();
  const { body } = await ask(world, "GET", `/v1/orgs/${world.org}/coverage`);
  expect(body).toMatchObject({ mycase_total: 6, buckets: { project: 2, pending: 4 } });
  world.clock.ms += HOUR_MS;
  await complete(world, "poll");
  expect(await world.rows("projects")).toHaveLength(6);
  expect(await leftForBackfill(world)).toEqual([]);
});

test.each(["poll", "nightly"])("a record that comes on two pages is counted and kept once (%s)", async (kind) => {
  const world = await importedFirm({ largestPage: 3 });
  workAtTheFirm(world);
  world.simulator.faults.duplicateAcrossPages = true;
  const progressed = expectProgress(world);
  expect(await complete(world, kind)).toMatchObject({ state: "succeeded", errors: [] });
  progressed();
  await expectWorkSeen(world);
  await expectNothingLost(world);
  expect(await leftForBackfill(world)).toEqual([]);
});

test.each(["/v1/clients", "/v1/cases"])(
  "a page link of %s that has expired after three days starts its listing over, and nothing is counted twice",
  async (path) => {
    const world = await importedFirm({ largestPage: 2 });
    workAtTheFirm(world);
    const stop = onSecondPage(world, path, () => {
      world.clock.ms += THREE_DAYS_MS + 1;
    });
    const progressed = expectProgress(world);
    const run = await complete(world, "nightly");
    progressed();
    stop();
    expect(run).toMatchObject({ state: "succeeded", errors: [], counts: { listings_restarted: 1 } });
    expect(run.progress.done).toBe(run.progress.total);
    await expectWorkSeen(world);
    await expectNothingLost(world);
  },
);

test("a listing whose links expire again and again is given up, with its reason", async () => {
  const world = await importedFirm({ largestPage: 2 });
  const stop = beforeEachRequest(world, ({ url }) => {
    if (isNextPage(url)) world.simulator.expirePageLinks();
  });
  const progressed = expectProgress(world);
  const run = await complete(world, "nightly");
  progressed();
  stop();
  expect(run).toMatchObject({ state: "failed", errors: [{ code: "refused" }] });
  await expectNothingLost(world);
  expect((await complete(world, "nightly")).state).toBe("succeeded");
});

test("D5: a case deleted and one created while its listing goes on are both seen, and no other is lost", async () => {
  const world = await importedFirm({ largestPage: 2 });
  const stop = onSecondPage(world, "/v1/cases", () => {
    world.simulator.edit.remove("cases", 101, { silent: true });
    world.simulator.edit.create("cases", { practice_area: "Family Law", clients: [{ id: 1 }] }, { silent: true });
  });
  await complete(world, "nightly");
  stop();
  await expectNothingLost(world);
  await complete(world, "nightly");
  await expectNothingLost(world);
  const { projects } = await tablesOf(world);
  expect(projects.get("101")).toMatchObject({ deleted_at: expect.any(String) });
  expect(projects.size).toBe(7);
});
