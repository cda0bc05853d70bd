import { expect, test, vi } from "vitest";
import { tick } from "../../src/cron/tick.ts";
import { DatabaseError } from "../../src/db/errors.ts";
import { localDay } from "../../src/domain/local-day.ts";
import { consume } from "../../src/queue/consume.ts";
import { isNightlyDue } from "../../src/sync/runs/nightly-due.ts";
import { smallFirm } from "../support/firm.ts";
import { batchOf } from "../support/queues.ts";
import { createWorld, type World } from "../support/world.ts";

const TICK_MS = 5 * 60_000;

/** The ticks of so many days at which a nightly is due, each taken as run. */
function nightlies(timezone: string, from: string, days: number): string[] {
  const due: string[] = [];
  let last = from;
  for (let at = Date.parse(from) + TICK_MS; at <= Date.parse(from) + days * 24 * 3_600_000; at += TICK_MS) {
    const now = new Date(at);
    if (!isNightlyDue(now, timezone, last)) continue;
    due.push(now.toISOString().slice(0, 16));
    last = now.toISOString();
  }
  return due;
}

test("R59: the nightly is due at the first tick of the org's local day, through daylight saving", () => {
  expect(nightlies("America/New_York", "2026-03-07T12:00:00Z", 3)).toEqual([
    "2026-03-08T05:00",
    "2026-03-09T04:00",
    "2026-03-10T04:00",
  ]);
  expect(nightlies("America/New_York", "2026-10-31T12:00:00Z", 3)).toEqual([
    "2026-11-01T04:00",
    "2026-11-02T05:00",
    "2026-11-03T05:00",
  ]);
  expect(nightlies("Asia/Kolkata", "2026-01-01T12:00:00Z", 2)).toEqual(["2026-01-01T18:30", "2026-01-02T18:30"]);
});

test("R59: a zone whose clocks skip midnight, and a missed tick, still get their nightly", () => {
  expect(nightlies("Africa/Cairo", "2026-04-23T12:00:00Z", 2)).toHaveLength(2);
  expect(isNightlyDue(new Date("2026-01-02T13:00:00Z"), "UTC", "2026-01-01T00:00:00Z")).toBe(true);
  expect(isNightlyDue(new Date("2026-01-02T13:00:00Z"), "UTC", "2026-01-02T00:00:00Z")).toBe(false);
  expect(isNightlyDue(new Date("2026-01-02T13:00:00Z"), "UTC", null)).toBe(false);
});

/** Midday in UTC of each day of 2026 and the offset there, in quarters of an hour. */
function offsetsOfYear(timezone: string): number[] {
  const options = { timeZone: timezone, hourCycle: "h23", day: "numeric", hour: "numeric", minute: "numeric" } as const;
  const format = new Intl.DateTimeFormat("en-US", options);
  return Array.from({ length: 365 }, (_, day) => {
    const at = Date.UTC(2026, 0, 1 + day, 12);
    const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
    const shift = ((part.day ?? 0) - new Date(at).getUTCDate() + 40) % 40; // 0, 1, or nearly 40 for the day before
    const days = shift === 0 ? 0 : shift === 39 || (part.hour ?? 0) > 12 ? -1 : 1;
    return (days * 24 * 60 + (part.hour ?? 0) * 60 + (part.minute ?? 0) - 12 * 60) / 15;
  });
}

test("R59: in every zone, and through both changes of its clocks, a nightly begins within five minutes of midnight", () => {
  const zones = new Map(Intl.supportedValuesOf("timeZone").map((zone) => [JSON.stringify(offsetsOfYear(zone)), zone]));
  expect(zones.size).toBeGreaterThan(50);
  for (const [key, zone] of zones) {
    const offsets: number[] = JSON.parse(key);
    const changes = offsets.flatMap((offset, day) => (day > 0 && offset !== offsets[day - 1] ? [day] : []));
    for (const day of [180, ...changes]) {
      const from = new Date(Date.UTC(2026, 0, day - 1, 12)).toISOString();
      const due = nightlies(zone, from, 4).map((text) => new Date(`${text}Z`));
      expect(due.length, zone).toBeGreaterThanOrEqual(4 - 1);
      for (const at of due)
        expect(localDay(new Date(at.getTime() - TICK_MS), zone) < localDay(at, zone), zone).toBe(true);
    }
  }
});

test("R59: the five-minute tick starts the nightly where a quarter-hour zone's day has begun", async () => {
  const world = await smallFirm();
  const database = world.env.DB;
  await database.prepare("UPDATE orgs SET timezone = 'Asia/Kathmandu' WHERE id = ?").bind(world.org).run();
  const nightlyRuns = async () => (await world.rows("runs")).filter((run) => run.kind === "nightly");
  const tickAt = async (time: string) => {
    world.sync.now = () => new Date(`${localDay(new Date(), "UTC")}T${time}:00Z`);
    await tick(world.sync, "*/5 * * * *");
    await world.drain();
  };
  await database
    .prepare("UPDATE runs SET created_at = ? WHERE org_id = ?")
    .bind(`${localDay(new Date(), "UTC")}T01:00:00.000Z`, world.org)
    .run();
  await tickAt("18:10");
  expect(await nightlyRuns()).toEqual([]);
  await tickAt("18:15");
  expect(await nightlyRuns()).toMatchObject([{ state: "succeeded" }]);
});

test("a nightly that failed is started again by the hourly tick, not every five minutes", async () => {
  const world = await smallFirm();
  const database = world.env.DB;
  const nightlyRuns = async () => (await world.rows("runs")).filter((run) => run.kind === "nightly");
  await database
    .prepare("UPDATE runs SET created_at = '2026-01-01T00:00:00.000Z' WHERE org_id = ?")
    .bind(world.org)
    .run();
  await tick(world.sync, "*/5 * * * *");
  await world.drain();
  await database
    .prepare("UPDATE runs SET state = 'failed' WHERE org_id = ? AND kind = 'nightly'")
    .bind(world.org)
    .run();
  await tick(world.sync, "*/5 * * * *");
  await world.drain();
  expect(await nightlyRuns()).toHaveLength(1);
  await tick(world.sync, "0 * * * *");
  await world.drain();
  expect(await nightlyRuns()).toHaveLength(2);
});

test("R59: a tick starts the nightly of the orgs that are due, once, and the run is recorded", async () => {
  const world = await smallFirm();
  await world.env.DB.prepare("UPDATE runs SET created_at = '2026-01-01T00:00:00.000Z' WHERE org_id = ?")
    .bind(world.org)
    .run();
  await tick(world.sync, "0 * * * *");
  await tick(world.sync, "0 * * * *");
  await world.drain();
  const kinds = (await world.rows("runs")).map((run) => `${run.kind} ${run.state}`);
  expect(kinds.filter((one) => one.startsWith("nightly"))).toEqual(["nightly succeeded"]);
});

test("R59: a nightly that was found due, and has been meanwhile, is not done again", async () => {
  const world = await smallFirm();
  const before = (await world.rows("runs")).length;
  await world.env.DB.prepare("UPDATE runs SET created_at = '2026-01-01T00:00:00.000Z' WHERE org_id = ?")
    .bind(world.org)
    .run();
  await tick(world.sync, "0 * * * *");
  const late = world.live.waiting.map(({ body }) => body);
  await world.drain();
  for (const body of late) await world.live.send(body);
  await world.drain();
  expect((await world.rows("runs")).length - before).toBe(1);
});

/** So many more firms that are connected, for a tick to find. */
async function furtherFirms(world: World, count: number): Promise<void> {
  await world.env.DB.prepare(
    `INSERT INTO orgs (id, name, timezone, created_at, connected_at)
     SELECT 'further-' || value, 'Further firm', 'UTC', '2026-01-01T00:00:00.000Z', '2026-01-01T00:00:00.000Z'
     FROM json_each(?)`,
  )
    .bind(JSON.stringify([...new Array(count).keys()]))
    .run();
}

test("a tick costs the same for hundreds of firms as for one, and their polls do not all begin in one second", async () => {
  const world = await smallFirm();
  const statementsOfTick = async () => {
    const prepare = vi.spyOn(world.services.db.d1, "prepare");
    await tick(world.sync, "*/5 * * * *");
    const count = prepare.mock.calls.length;
    prepare.mockRestore();
    return count;
  };
  const forOne = await statementsOfTick();
  expect(forOne).toBeGreaterThan(2);
  world.live.waiting.length = 0;
  await furtherFirms(world, 300);
  expect(await statementsOfTick()).toBe(forOne);
  const delays = world.live.waiting.map(({ delaySeconds }) => delaySeconds);
  expect(delays.length).toBeGreaterThan(300);
  for (const second of new Set(delays)) expect(delays.filter((one) => one === second).length).toBeLessThanOrEqual(10);
  expect(Math.max(...delays)).toBeLessThan(300);
  await world.env.DB.prepare("DELETE FROM orgs WHERE id LIKE 'further-%'").run();
});

test("a poll finds what webhooks missed, for connected orgs only", async () => {
  const world = await smallFirm();
  const alone = await createWorld();
  world.simulator.edit.update("cases", 100, { name: "Unannounced" }, { silent: true });
  world.simulator.edit.update("staff", 11, { title: "Paralegal" });
  await tick(world.sync, "*/5 * * * *");
  await world.drain();
  expect((await world.rows("projects"))[0]).toMatchObject({ name: "Unannounced" });
  expect((await world.rows("team_members"))[0]).toMatchObject({ title: "Paralegal", role: null, visible: 0 });
  expect(await alone.rows("runs")).toEqual([]);
});

test("a quiet firm's poll is one message; one that MyCase refuses goes on with a message of its own", async () => {
  const world = await smallFirm();
  const ofThisFirm = () => world.live.waiting.filter(({ body }) => (body as { org: string }).org === world.org);
  await tick(world.sync, "*/5 * * * *");
  await consume(world.sync, batchOf("mycase-sync-live", ofThisFirm()));
  world.live.waiting.length = 0;
  const polls = async () => (await world.rows("runs")).filter((run) => run.kind === "poll").map((run) => run.state);
  expect(await polls()).toEqual(["succeeded"]);

  world.simulator.faults.maintenance = true;
  await tick(world.sync, "*/5 * * * *");
  await consume(world.sync, batchOf("mycase-sync-live", ofThisFirm()));
  const kindOf = ({ body }: { body: unknown }) => (body as { kind: string }).kind;
  expect(ofThisFirm().map(kindOf)).toEqual(["start", "run"]);
  world.live.waiting = ofThisFirm().filter((message) => kindOf(message) === "run");
  await tick(world.sync, "*/5 * * * *");
  const next = ofThisFirm().filter((message) => kindOf(message) === "start");
  await consume(world.sync, batchOf("mycase-sync-live", next)); // it finds the poll under way
  expect(ofThisFirm().map(kindOf)).toEqual(["run", "start"]);
  world.live.waiting = world.live.waiting.filter((message) => kindOf(message) === "run");
  world.simulator.faults.maintenance = false;
  await world.drain();
  expect(await polls()).toEqual(["succeeded", "succeeded"]);
});

test("a poll over which the database fails goes on with a message of its own", async () => {
  const world = await smallFirm();
  const { store } = world.sync;
  const failing = vi.spyOn(store, "saveReads").mockRejectedValueOnce(new DatabaseError("unavailable", "gone"));
  await tick(world.sync, "*/5 * * * *");
  await world.drain();
  expect(failing.mock.calls.length).toBeGreaterThan(1);
  const polls = (await world.rows("runs")).filter((run) => run.kind === "poll");
  expect(polls).toMatchObject([{ state: "succeeded" }]);
});

test("R25, R60: a renamed people group reaches its people within one poll, without any event", async () => {
  const world = await smallFirm();
  world.simulator.edit.update("people_groups", 1, { name: "Customer" });
  await tick(world.sync, "*/5 * * * *");
  await world.drain();
  expect((await world.rows("contacts"))[0]).toMatchObject({ group_name: "Customer" });
});

test("a run whose work was lost is taken up again by the next tick and completes", async () => {
  const world = await smallFirm();
  const { startRun } = await import("../../src/sync/runs/start.ts");
  await startRun(world.sync, world.org, "backfill", { trigger: "api" });
  world.bulk.waiting.length = 0; // the worker was killed, its queue with it
  await world.env.DB.prepare(
    "UPDATE runs SET heartbeat_at = '2026-01-01T00:00:00.000Z' WHERE org_id = ? AND state = 'queued'",
  )
    .bind(world.org)
    .run();
  await tick(world.sync, "*/5 * * * *");
  await world.drain();
  const runs = (await world.rows("runs")).map((run) => `${run.kind} ${run.state} ${run.errors}`);
  expect(runs.sort()).toEqual(["backfill succeeded []", "backfill succeeded []"]);
});

test("a cron expression that nothing is planned for is a mistake", async () => {
  const world = await createWorld();
  await expect(tick(world.sync, "1 2 3 4 5")).rejects.toThrow(/no work is planned/);
});
