import { expect, test } from "vitest";
import { ask } from "../support/api.ts";
import { announce } from "../support/events.ts";
import { plainCase, smallFirm } from "../support/firm.ts";
import { complete } from "../support/runs.ts";
import type { World } from "../support/world.ts";

const HOUR_MS = 60 * 60 * 1000;
/** Ten hours ago, at the beginning of an hour. */
const BEGIN = Math.floor(Date.now() / HOUR_MS) * HOUR_MS - 10 * HOUR_MS;
const hourAt = (clock: string) => new Date(timeAt(clock)).toISOString().replace(/:\d\d:00\.000Z/, ":00:00.000Z");

/** `3:05` is three hours and five minutes after the beginning. */
function timeAt(clock: string): number {
  const [hours = 0, minutes = 0] = clock.split(":").map(Number);
  return BEGIN + hours * HOUR_MS + minutes * 60_000;
}

/** A firm whose simulated clock the test sets, so that a change can be old before it is found. */
async function firm(): Promise<World & { at: (clock: string) => void }> {
  let now = timeAt("0:10");
  const world = await smallFirm({ now: () => now });
  const at = (clock: string) => {
    now = timeAt(clock);
    world.sync.now = () => new Date(now);
  };
  at("0:10");
  return { ...world, at };
}

const meter = async (world: World) => (await ask(world, "GET", `/v1/orgs/${world.org}/webhooks?hours=24`)).body;

test("what a poll finds and no webhook announced is counted, by kind and by the hour of the change", async () => {
  const world = await firm();
  world.at("1:05");
  world.simulator.edit.update("cases", 100, { name: "Unannounced" }, { silent: true });
  world.simulator.edit.update("clients", 1, { first_name: "Augusta" }, { silent: true });
  world.at("2:30");
  expect((await complete(world, "poll")).counts).toMatchObject({ missed_by_webhooks: 2 });
  expect((await meter(world)).hours.filter((hour: { received: number }) => hour.received === 0)).toEqual([
    expect.objectContaining({ hour: hourAt("1:05"), model: "case", missed_found_by_poll: 1 }),
    expect.objectContaining({ hour: hourAt("1:05"), model: "client", missed_found_by_poll: 1 }),
  ]);
  expect((await complete(world, "poll")).counts).toMatchObject({ missed_by_webhooks: 0 });
});

test("what webhooks brought is not missed, and a change whose event may be on its way is not yet", async () => {
  const world = await firm();
  world.at("1:05");
  world.simulator.edit.update("cases", 100, { name: "Announced" }, { silent: true });
  await announce(world, "case", 100);
  await world.drain();
  world.at("1:59.7");
  world.simulator.edit.update("clients", 1, { first_name: "Twenty seconds ago" }, { silent: true });
  world.at("2:00");
  expect((await complete(world, "poll")).counts).toMatchObject({ missed_by_webhooks: 0 });
  expect(await meter(world)).toMatchObject({ received: 1, missed: 0 });
});

test("what the polls missed too, the nightly finds; also a deletion; a change without a new updated_at is not counted", async () => {
  const world = await firm();
  world.simulator.edit.create("cases", plainCase(101), { silent: true });
  world.at("1:00");
  await complete(world, "poll");
  world.simulator.edit.update("cases", 100, { name: "Undated" }, { silent: true, keepUpdatedAt: true });
  world.simulator.edit.update(
    "clients",
    2,
    { first_name: "Benjamin", updated_at: new Date(timeAt("0:30")).toISOString() },
    { silent: true, keepUpdatedAt: true },
  );
  world.simulator.edit.remove("cases", 101, { silent: true });
  world.at("9:30");
  await complete(world, "nightly");
  const { hours } = await meter(world);
  const found = hours.reduce(
    (sum: number, hour: { missed_found_by_nightly: number }) => sum + hour.missed_found_by_nightly,
    0,
  );
  expect(found).toBe(2);
});

test("silence while polls find changes is an alarm; a webhook that comes ends it", async () => {
  const world = await firm();
  world.at("1:05");
  world.simulator.edit.update("cases", 100, { name: "Unannounced" }, { silent: true });
  world.at("2:05");
  await complete(world, "poll");
  const codes = async () =>
    (await ask(world, "GET", `/v1/orgs/${world.org}/health`)).body.alarms.map((alarm: { code: string }) => alarm.code);
  expect(await codes()).toContain("webhooks_silent");
  await announce(world, "case", 100);
  await world.drain();
  expect(await codes()).not.toContain("webhooks_silent");
});
