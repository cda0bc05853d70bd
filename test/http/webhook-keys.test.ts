import { createHash, randomBytes } from "node:crypto";
import { afterEach, expect, test } from "vitest";
import { ask } from "../support/api.ts";
import { smallFirm } from "../support/firm.ts";
import { statementsOf } from "../support/statements.ts";
import { clock, useRealTime, useVirtualTime } from "../support/virtual-time.ts";
import type { World } from "../support/world.ts";

afterEach(useRealTime);

const EVENT = { model: "case", action: "updated", id: 100 };

function casePath(world: World): string {
  const subscription = world.simulator.webhooks.subscriptions.find(({ model }) => model === "case");
  if (!subscription) throw new Error("no subscription");
  return new URL(subscription.url).pathname;
}

const deliver = (world: World, path: string, headers = {}) =>
  ask(world, "POST", path, { key: null, body: EVENT, headers });

test("a key that was not made here is refused without a look-up, however often, and never with 429", async () => {
  const world = await smallFirm();
  const path = casePath(world);
  const forged = [path.slice(0, -1) + (path.endsWith("A") ? "B" : "A"), `${path}x`, "/webhooks/mycase/guessed"];
  const statuses = new Set<number>();
  const statements = await statementsOf(world, async () => {
    for (let n = 0; n < 150; n++) {
      const answer = await deliver(world, forged[n % forged.length] ?? "", { "cf-connecting-ip": "203.0.113.20" });
      statuses.add(answer.status);
    }
  });
  expect([[...statuses], statements]).toEqual([[404], 0]);
  expect((await deliver(world, path, { "cf-connecting-ip": "203.0.113.20" })).status).toBe(202);
});

test("deliveries to a firm that has left are 410 from one look-up on, and do not hold up other firms of the same sender", async () => {
  const [left, stays] = [await smallFirm(), await smallFirm()];
  const path = casePath(left);
  await ask(left, "DELETE", `/v1/orgs/${left.org}/connection`);
  const sender = { "cf-connecting-ip": "203.0.113.21" };
  const gone = await deliver(left, path, sender);
  expect([gone.status, gone.body.code]).toEqual([410, "subscription_gone"]);
  const statements = await statementsOf(left, async () => {
    for (let n = 0; n < 150; n++) expect((await deliver(left, path, sender)).status).toBe(410);
  });
  expect(statements).toBe(0);
  expect((await deliver(stays, casePath(stays), sender)).status).toBe(202);
});

test("a key of the older form, which cannot be verified alone, is admitted by look-up", async () => {
  const world = await smallFirm();
  const key = randomBytes(32).toString("base64url");
  await world.sync.subscriptions.add({
    key_hash: createHash("sha256").update(key).digest("hex"),
    org: world.org,
    model: "case",
    mycase_id: "older",
    hmac_key: null,
    scheme: null,
    state: "active",
    created_at: new Date().toISOString(),
  });
  expect((await deliver(world, `/webhooks/mycase/${key}`)).status).toBe(202);
  const unknown = randomBytes(32).toString("base64url");
  expect((await deliver(world, `/webhooks/mycase/${unknown}`)).status).toBe(404);
});

test("a subscription that had no HMAC key is checked once it has one", async () => {
  useVirtualTime();
  const world = await smallFirm();
  const path = casePath(world);
  const rows = await world.sync.subscriptions.list(world.org);
  const row = rows.find(({ model }) => model === "case");
  if (!row) throw new Error("no row");
  await world.sync.subscriptions.add({ ...row, hmac_key: null, scheme: null });
  expect((await deliver(world, path)).status).toBe(202);
  await world.sync.subscriptions.add({
    ...row,
    scheme: { header: "x-s", hash: "SHA-256", encoding: "hex", prefix: "" },
  });
  clock.pass(5_000);
  expect((await deliver(world, path)).status).toBe(401);
});
