import fc from "fast-check";
import { expect, test } from "vitest";
import { queueMessage } from "../../src/domain/queue-message.ts";
import { ask } from "../support/api.ts";
import { smallFirm } from "../support/firm.ts";
import { deepJson, hostileJson, hostileText } from "./hostile.ts";

const headerValue = fc.stringMatching(/^[\x21-\x7e]{0,80}$/);

test("the webhook endpoint takes what names a record and refuses everything else, and never breaks", async () => {
  const world = await smallFirm();
  const path = new URL(world.simulator.webhooks.subscriptions.find((one) => one.model === "case")?.url ?? "").pathname;
  const body = fc.oneof(
    hostileJson,
    fc.record({ resource: hostileText, action: hostileText, resource_body: hostileJson }),
    fc.record({ model: hostileText, action: hostileText, id: fc.oneof(hostileText, fc.integer(), fc.double()) }),
    fc.record({ event_type: hostileText, resource_id: fc.oneof(fc.nat(), hostileText) }),
  );
  await fc.assert(
    fc.asyncProperty(body, headerValue, async (event, signature) => {
      world.live.waiting.length = 0;
      const answer = await ask(world, "POST", path, { key: null, body: event, headers: { "x-signature": signature } });
      expect([202, 400]).toContain(answer.status);
      expect(world.live.waiting.length > 0).toBe(answer.status === 202);
      for (const { body: job } of world.live.waiting) expect(queueMessage.safeParse(job).success).toBe(true);
      if (answer.status === 400) expect(answer.headers.get("content-type")).toBe("application/problem+json");
    }),
    { numRuns: 300 },
  );
  for (const raw of ["", "{", "\u0000", deepJson(20_000), "\u{FEFF}{}", "x".repeat(1000)]) {
    expect((await ask(world, "POST", path, { key: null, body: raw })).status).toBe(400);
  }
  expect((await ask(world, "POST", path, { key: null, body: new Uint8Array([0xff, 0xfe, 0x7b]) })).status).toBe(400);
});

test("no key but a subscription's is admitted, whatever its shape", async () => {
  const world = await smallFirm();
  const key = new URL(world.simulator.webhooks.subscriptions[0]?.url ?? "").pathname.split("/").at(-1) ?? "";
  const guesses = fc.oneof(
    hostileText,
    fc.constantFrom(`${key}x`, key.slice(0, -1), key.toUpperCase(), `${key}%00`, `${key}/`),
  );
  await fc.assert(
    fc.asyncProperty(guesses, async (guess) => {
      const address = `/webhooks/mycase/${encodeURIComponent(guess.toWellFormed())}`;
      const { status, headers } = await ask(world, "POST", address, { key: null, body: { model: "case", id: 100 } });
      expect([400, 404]).toContain(status);
      expect(headers.get("content-type")).toBe("application/problem+json");
    }),
    { numRuns: 200 },
  );
  expect(world.live.waiting).toEqual([]);
});
