import { createHmac } from "node:crypto";
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
