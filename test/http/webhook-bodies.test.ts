import { createHmac } from "node:crypto";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { ask } from "../support/api.ts";
import { smallFirm } from "../support/firm.ts";

test("several events in one delivery are queued as so many messages", async () => {
  const world = await smallFirm();
  const url = world.simulator.webhooks.subscriptions.find(({ model }) => model === "case")?.url ?? "";
  const path = new URL(url).pathname;
  const events = [
    { model: "case", action: "updated", id: 100 },
    { type: "client.updated", data: { object: { id: 1 } } },
  ];
  const answer = await ask(world, "POST", path, { key: null, body: { events } });
  expect([answer.status, answer.body]).toEqual([202, { accepted: true, job: null }]);
  expect(world.live.waiting.map(({ body }) => body)).toMatchObject([
    { model: "case", id: 100 },
    { model: "client", id: 1 },
  ]);
});

test("a Standard Webhooks signature pins the subscription, whose deliveries then need one that is fresh", async () => {
  const world = await smallFirm();
  const subscription = world.simulator.webhooks.subscriptions.find(({ model }) => model === "case");
  if (!subscription) throw new Error("no subscription");
  const path = new URL(subscription.url).pathname;
  const body = JSON.stringify({ model: "case", action: "updated", id: 100 });
  const deliver = (ageS: number) => {
    const seconds = String(Math.floor(Date.now() / 1000) - ageS);
    const signature = createHmac("sha256", subscription.hmac_key).update(`m1.${seconds}.${body}`).digest("base64");
    const headers = { "webhook-id": "m1", "webhook-timestamp": seconds, "webhook-signature": `v1,${signature}` };
    return ask(world, "POST", path, { key: null, body, headers });
  };
  expect((await deliver(1)).status).toBe(202);
  expect((await ask(world, "POST", path, { key: null, body })).status).toBe(401);
  expect((await deliver(400)).status).toBe(401);
  expect((await deliver(10)).status).toBe(202);
});

/** The case subscription, and a way to deliver to it with a content coding. */
async function gzipFirm() {
  const world = await smallFirm();
  const subscription = world.simulator.webhooks.subscriptions.find(({ model }) => model === "case");
  if (!subscription) throw new Error("no subscription");
  const path = new URL(subscription.url).pathname;
  const sign = (body: string | Uint8Array) => createHmac("sha256", subscription.hmac_key).update(body).digest("hex");
  const deliver = (body: Uint8Array, headers: Record<string, string> = {}) =>
    ask(world, "POST", path, { key: null, body, headers: { "content-encoding": "gzip", ...headers } });
  return { world, sign, deliver };
}

const EVENT = JSON.stringify({ model: "case", action: "updated", id: 100 });

test("a gzip body is read; its signature may be over what was sent or over what it says, and is enforced once seen", async () => {
  const { world, sign, deliver } = await gzipFirm();
  const body = new Uint8Array(gzipSync(EVENT));
  expect((await deliver(body)).status).toBe(202);
  expect(world.live.waiting.map((message) => message.body)).toMatchObject([{ model: "case", id: 100 }]);
  expect((await deliver(body, { "x-signature": sign(EVENT) })).status).toBe(202);
  expect((await deliver(body, { "x-signature": sign(body) })).status).toBe(202);
  expect((await deliver(body)).status).toBe(401);
  expect((await deliver(body, { "x-signature": sign(`${EVENT} `) })).status).toBe(401);
});

test("a small gzip body that inflates beyond the limit is 413, one that is no gzip 400, another coding 415", async () => {
  const { world, deliver } = await gzipFirm();
  const bomb = new Uint8Array(gzipSync(JSON.stringify({ id: 100, pad: "x".repeat(8 * 1024 * 1024) })));
  expect(bomb.length).toBeLessThan(256 * 1024);
  expect((await deliver(bomb)).status).toBe(413);
  expect((await deliver(new TextEncoder().encode(EVENT))).status).toBe(400);
  expect((await deliver(new Uint8Array(gzipSync(EVENT)).slice(0, 20))).status).toBe(400);
  expect((await deliver(new Uint8Array(gzipSync(EVENT)), { "content-encoding": "br" })).status).toBe(415);
  expect(world.live.waiting).toEqual([]);
});
