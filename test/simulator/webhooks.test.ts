import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import { createSimulator, type SimulatorOptions } from "../../simulator/simulator.ts";
import { signIn } from "./client.ts";

interface Got {
  body: string;
  headers: Headers;
}

/** A simulator with a subscription to cases, and what its receiver got. */
async function subscribed(options: SimulatorOptions = {}, answer: (count: number) => number = () => 202) {
  const got: Got[] = [];
  const simulator = createSimulator({
    cases: 2,
    retryAfterMs: [0, 0],
    ...options,
    send: async (request) => {
      got.push({ body: await request.text(), headers: request.headers });
      return new Response(null, { status: answer(got.length) });
    },
  });
  const client = await signIn(simulator);
  const created = await client.send("POST", "webhooks/subscriptions", {
    model: "case",
    url: "http://sync.test/hook",
    actions: ["updated", "deleted"],
  });
  const { hmac_key } = (await created.json()) as { hmac_key: string };
  return { simulator, got, hmac_key };
}

test.each([
  ["resource" as const, { resource: "Case", action: "updated", resource_body: { id: 20_000_001 } }],
  ["flat-model" as const, { model: "case", action: "updated", id: 20_000_001 }],
  ["flat-event-type" as const, { event_type: "case.updated", resource_id: 20_000_001 }],
])("a %s delivery is signed over its raw body", async (payload, body) => {
  const { simulator, got, hmac_key } = await subscribed({ payload });
  simulator.edit.update("cases", 20_000_001, { name: "x" });
  simulator.edit.create("cases");
  await simulator.webhooks.idle();
  expect(got.map((one) => JSON.parse(one.body))).toEqual([body]);
  expect(got[0]?.headers.get("x-mycase-signature")).toBe(
    createHmac("sha256", hmac_key)
      .update(got[0]?.body ?? "")
      .digest("hex"),
  );
});

test("a delivery that is not taken is repeated, one that is unknown is not", async () => {
  const failing = await subscribed({}, (count) => (count < 3 ? 503 : 202));
  failing.simulator.edit.closeCase(20_000_001);
  await failing.simulator.webhooks.idle();
  expect(failing.simulator.webhooks.history.map((one) => one.status)).toEqual([503, 503, 202]);
  const unknown = await subscribed({}, () => 404);
  unknown.simulator.edit.closeCase(20_000_001);
  await unknown.simulator.webhooks.idle();
  expect(unknown.simulator.webhooks.history.map((one) => one.status)).toEqual([404]);
});

test("webhooks are dropped, doubled and forged on request", async () => {
  const { simulator, got, hmac_key } = await subscribed();
  simulator.faults.webhooks.drop = 1;
  simulator.edit.closeCase(20_000_001);
  await simulator.webhooks.idle();
  expect(got).toHaveLength(0);
  simulator.faults.webhooks = { drop: 0, double: 1, forge: 1, reorder: false, delayMs: 0 };
  simulator.edit.reopenCase(20_000_001);
  await simulator.webhooks.idle();
  expect(got).toHaveLength(2);
  expect(got[0]?.headers.get("x-mycase-signature")).not.toBe(
    createHmac("sha256", hmac_key)
      .update(got[0]?.body ?? "")
      .digest("hex"),
  );
});
