import { expect, test } from "vitest";
import { Meter } from "../../bench/worker/meter.ts";
import { tick } from "../../src/cron/tick.ts";
import { consume } from "../../src/queue/consume.ts";
import { createServices } from "../../src/services.ts";
import { batchOf } from "../support/queues.ts";
import { createWorld, MAPPING, type World } from "../support/world.ts";

async function importedFirm(): Promise<World> {
  const world = await createWorld({ cases: 40 });
  await world.setMapping(MAPPING);
  await world.connect();
  await world.drain();
  await pollOf(world);
  return world;
}

/** One poll as cron starts it, and what it used of D1. */
async function pollOf(world: World) {
  const meter = new Meter();
  const { sync } = createServices({ ...world.env, DB: meter.database(world.env.DB) }, world.services.config);
  await tick(world.sync, "*/5 * * * *");
  const messages = world.live.waiting.splice(0).filter(({ body }) => (body as { org: string }).org === world.org);
  await consume(sync, batchOf("mycase-sync-live", messages));
  const runs = (await world.rows("runs")).filter((run) => run.kind === "poll");
  return { used: meter.read(), messages: messages.length + world.live.waiting.length, run: runs.at(-1) };
}

const cursors = async (world: World) =>
  JSON.stringify((await world.rows("poll_cursors")).map((row) => [row.model, row.updated_after]));

test("a poll that finds nothing costs one message, and a handful of rows: most of them the run's own line", async () => {
  const world = await importedFirm();
  const { used, messages, run } = await pollOf(world);
  expect(run).toMatchObject({ state: "succeeded" });
  expect(JSON.parse(String(run?.counts))).toMatchObject({ case: 0, client: 0, changed: 0, missed_by_webhooks: 0 });
  expect(messages).toBe(1);
  expect(used.d1_rows_written).toBeLessThanOrEqual(15);
  expect(used.d1_calls).toBeLessThanOrEqual(20);
});

test("a cursor stays where it is while nothing has changed, and what changes then is found from there", async () => {
  const world = await importedFirm();
  const before = await cursors(world);
  await new Promise((resolve) => setTimeout(resolve, 1_100)); // MyCase's clock moves in seconds
  await pollOf(world);
  expect(await cursors(world)).toBe(before);
  world.simulator.edit.update("cases", 20_000_003, { name: "Changed at last" }, { silent: true });
  const { run } = await pollOf(world);
  expect(JSON.parse(String(run?.counts))).toMatchObject({ case: 1 });
  expect(await cursors(world)).not.toBe(before);
  const names = (await world.rows("projects")).map((row) => row.name);
  expect(names).toContain("Changed at last");
});
