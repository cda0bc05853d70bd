import { expect, test } from "vitest";
import { ask } from "../support/api.ts";
import { onlyRow, smallFirm } from "../support/firm.ts";
import type { World } from "../support/world.ts";

/** The address and key of the case subscription, as the simulator knows them. */
function caseSubscription(world: World) {
  const subscription = world.simulator.webhooks.subscriptions.find(({ model }) => model === "case");
  if (!subscription) throw new Error("there is no subscription");
  return { path: new URL(subscription.url).pathname, hmacKey: subscription.hmac_key };
}

async function hmac(key: string, body: string, hash = "SHA-256"): Promise<string> {
  const encoder = new TextEncoder();
  const cryptoKey = await crypto.subtle.importKey("raw", encoder.encode(key), { name: "HMAC", hash }, false, ["sign"]);
  return Buffer.from(await crypto.subtle.sign("HMAC", cryptoKey, encoder.encode(body))).toString("hex");
}

const deliver = (world: World, path: string, body: unknown, headers = {}) =>
  ask(world, "POST", path, { key: null, body, headers });

test("an event is accepted once it is queued, in every plausible form, and the change arrives", async () => {
  const world = await smallFirm();
  const { path } = caseSubscription(world);
  const bodies = [
    { resource: "Case", action: "updated", resource_body: { id: 100, name: "ignored: a webhook is no data" } },
    { model: "case", action: "updated", id: 100 },
    { event_type: "case.updated", resource_id: "100" },
    { event_type: "updated", id: 100 },
  ];
  for (const body of bodies) expect((await deliver(world, path, body)).status).toBe(202);
  expect(world.live.waiting).toHaveLength(bodies.length);
  world.simulator.edit.update("cases", 100, { name: "From MyCase" }, { silent: true });
  await world.drain();
  expect(await onlyRow(world, "projects")).toMatchObject({ name: "From MyCase" });
});

test("an unknown address, a body that is no JSON or has no id, and one that is too large are refused", async () => {
  const world = await smallFirm();
  const { path } = caseSubscription(world);
  expect((await deliver(world, "/webhooks/mycase/guessed", { model: "case", id: 1 })).status).toBe(404);
  expect((await deliver(world, path, "not json")).status).toBe(400);
  expect((await deliver(world, path, { model: "case", action: "updated" })).status).toBe(400);
  expect((await deliver(world, path, { model: "case", id: "12; DROP TABLE" })).status).toBe(400);
  expect((await deliver(world, path, { id: 1, pad: "x".repeat(257 * 1024) })).status).toBe(413);
  expect(world.live.waiting).toEqual([]);
});

test("when the queue refuses, the sender is told to send again", async () => {
  const world = await smallFirm();
  world.live.refuses = true;
  const answer = await deliver(world, caseSubscription(world).path, { model: "case", id: 100 });
  expect(answer.status).toBe(503);
  expect(answer.headers.get("retry-after")).toBe("30");
});

test("the first signature found is kept to: from then on unsigned and wrongly signed deliveries are 401", async () => {
  const world = await smallFirm();
  const { path, hmacKey } = caseSubscription(world);
  const body = JSON.stringify({ model: "case", action: "updated", id: 100 });
  expect((await deliver(world, path, body)).status).toBe(202);
  const signature = `sha512=${await hmac(hmacKey, body, "SHA-512")}`;
  expect((await deliver(world, path, body, { "x-some-header": signature })).status).toBe(202);
  const { body: connection } = await ask(world, "GET", `/v1/orgs/${world.org}/connection`);
  const pinned = connection.subscriptions.find(({ model }: { model: string }) => model === "case");
  expect(pinned.signature).toEqual({ header: "x-some-header", hash: "SHA-512", encoding: "hex", prefix: "sha512=" });

  expect((await deliver(world, path, body)).status).toBe(401);
  expect((await deliver(world, path, body, { "x-some-header": signature.replace(/.$/, "z") })).status).toBe(401);
  expect((await deliver(world, path, `${body} `, { "x-some-header": signature })).status).toBe(401);
  expect((await deliver(world, path, body, { "x-some-header": signature })).status).toBe(202);
});

test("an unknown kind or action is accepted and counted, not refused", async () => {
  const world = await smallFirm();
  const { path } = caseSubscription(world);
  expect((await deliver(world, path, { model: "unicorn", action: "seen", id: 5 })).status).toBe(202);
  expect((await deliver(world, path, { model: "case", action: "merged", id: 100 })).status).toBe(202);
  await world.drain();
  const counts = await world.rows("webhook_counts");
  expect(counts.map(({ model, action, recognised, received }) => [model, action, recognised, received])).toEqual([
    ["case", "other", 0, 1],
    ["other", "other", 0, 1],
  ]);
});

test("a warm, pinned address costs the database nothing", async () => {
  const world = await smallFirm();
  const { path, hmacKey } = caseSubscription(world);
  const body = JSON.stringify({ model: "case", action: "updated", id: 100 });
  const headers = { "x-mycase-signature": await hmac(hmacKey, body) };
  await deliver(world, path, body, headers);
  await deliver(world, path, body, headers);
  const { prepare } = world.env.DB;
  let statements = 0;
  world.env.DB.prepare = (sql) => {
    statements += 1;
    return prepare.call(world.env.DB, sql);
  };
  expect((await deliver(world, path, body, headers)).status).toBe(202);
  world.env.DB.prepare = prepare;
  expect(statements).toBe(0);
});

test("after disconnecting, the old addresses are gone at once and MyCase has no subscription left", async () => {
  const world = await smallFirm();
  const { path } = caseSubscription(world);
  expect((await ask(world, "DELETE", `/v1/orgs/${world.org}/connection`)).status).toBe(204);
  expect(world.simulator.webhooks.subscriptions).toEqual([]);
  expect((await deliver(world, path, { model: "case", id: 100 })).status).toBe(410);
  expect((await ask(world, "POST", `/v1/orgs/${world.org}/projects/100/resync`)).body).toMatchObject({
    status: 409,
    code: "not_connected",
  });
});

test("reconnecting leaves one subscription a kind", async () => {
  const world = await smallFirm();
  await world.connect();
  expect(world.simulator.webhooks.subscriptions.map(({ model }) => model).sort()).toEqual([
    "case",
    "client",
    "company",
    "lead",
  ]);
  await world.drain();
});
