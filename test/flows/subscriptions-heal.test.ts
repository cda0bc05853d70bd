import { expect, test } from "vitest";
import { startRun } from "../../src/sync/runs/start.ts";
import { ask } from "../support/api.ts";
import { smallFirm } from "../support/firm.ts";
import type { World } from "../support/world.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
const ALL = ["case", "client", "company", "lead"];

/** Puts the org's subscriptions back to what they were, as a restored database has them. */
async function restoreSubscriptions(world: World, rows: Record<string, unknown>[]): Promise<void> {
  const { DB } = world.env;
  await DB.prepare("DELETE FROM subscriptions WHERE org_id = ?").bind(world.org).run();
  for (const row of rows) {
    const names = Object.keys(row);
    const insert = `INSERT INTO subscriptions (${names.join(", ")}) VALUES (${names.map(() => "?").join(", ")})`;
    await DB.prepare(insert)
      .bind(...Object.values(row))
      .run();
  }
}

async function nightly(world: World): Promise<void> {
  const started = await startRun(world.sync, world.org, "nightly", { trigger: "api" });
  if (!started.ok) throw new Error(started.failure.kind);
  await world.drain();
}

const there = (world: World) => world.simulator.webhooks.subscriptions;
const models = (world: World) =>
  there(world)
    .map(({ model }) => model)
    .sort();
const admits = async (world: World, url: string) =>
  (await world.services.knownSubscriptions.find(new URL(url).pathname.split("/").at(-1) ?? "")).kind === "active";

test("a subscription that MyCase has lost is made anew by the nightly; the others stay as they are", async () => {
  const world = await smallFirm();
  const [lost, ...others] = [...there(world)];
  world.simulator.webhooks.subscriptions = others;
  await nightly(world);
  expect(models(world)).toEqual(ALL);
  for (const kept of others) expect(there(world)).toContainEqual(kept);
  expect(there(world)).not.toContainEqual(lost);
});

test("doubles and leftovers of this org are cancelled; those of another product are left alone", async () => {
  const world = await smallFirm();
  const [first] = there(world);
  if (!first) throw new Error("no subscription");
  const double = { ...first, id: "double" };
  const foreign = { ...first, id: "foreign", url: "https://elsewhere.example.com/hook" };
  const leftover = { ...first, id: "leftover", url: "http://sync.test/webhooks/mycase/nobody-knows-this-secret" };
  world.simulator.webhooks.subscriptions.push(double, foreign, leftover);
  await nightly(world);
  expect(
    there(world)
      .map(({ id }) => id)
      .sort(),
  ).toEqual(
    [
      ...there(world)
        .filter(({ model, url }) => ALL.includes(model) && url !== foreign.url)
        .map(({ id }) => id),
      "foreign",
    ].sort(),
  );
  expect(models(world)).toHaveLength(5);
  expect(there(world)).toContainEqual(foreign);
});

test("secrets are changed each quarter; the old address is admitted for another day, for what is on its way", async () => {
  const world = await smallFirm();
  const old = there(world).find(({ model }) => model === "case")?.url ?? "";
  const later = new Date(Date.now() + 91 * DAY_MS);
  world.sync.now = () => later;
  await nightly(world);
  const fresh = there(world).find(({ model }) => model === "case")?.url ?? "";
  expect(fresh).not.toBe(old);
  expect(models(world)).toEqual(ALL);
  expect([await admits(world, old), await admits(world, fresh)]).toEqual([true, true]);
  await nightly(world);
  expect([await admits(world, old), await admits(world, fresh)]).toEqual([false, true]);
});

test("when the product has moved to another address, the nightly moves the subscriptions", async () => {
  const world = await smallFirm();
  world.sync.publicUrl = "https://moved.example.com";
  await nightly(world);
  expect(models(world)).toEqual(ALL);
  for (const { url } of there(world)) expect(url).toMatch(/^https:\/\/moved\.example\.com\/webhooks\/mycase\//);
});

test("a check that MyCase cannot answer changes nothing and is repeated", async () => {
  const world = await smallFirm();
  const before = [...there(world)];
  const rows = await world.rows("subscriptions");
  world.simulator.faults.add({ path: "^/v1/webhooks", status: 503, times: 3 });
  await nightly(world);
  expect(there(world)).toEqual(before);
  expect(await world.rows("subscriptions")).toEqual(rows);
});

test("after a restore the backfill brings the webhooks back at once: those of newer keys are unknown to the database", async () => {
  const world = await smallFirm();
  const rows = await world.rows("subscriptions");
  await ask(world, "DELETE", `/v1/orgs/${world.org}/connection`);
  await world.connect();
  await world.drain();
  await restoreSubscriptions(world, rows);
  const path = () => new URL(there(world).find(({ model }) => model === "case")?.url ?? "").pathname;
  const deliver = () => ask(world, "POST", path(), { key: null, body: { model: "case", action: "updated", id: 100 } });
  expect((await deliver()).status).toBe(410);
  await ask(world, "POST", `/v1/orgs/${world.org}/runs`, { body: { kind: "backfill" } });
  await world.drain();
  expect(models(world)).toEqual(ALL);
  expect((await deliver()).status).toBe(202);
});
