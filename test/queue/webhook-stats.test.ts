import { expect, test } from "vitest";
import type { QueueMessage } from "../../src/domain/queue-message.ts";
import { countWebhooks } from "../../src/queue/webhook-stats.ts";
import { TestMessage } from "../support/queues.ts";

const CASE = {
  kind: "record",
  org: "acme",
  model: "case",
  id: 7,
  trigger: "webhook",
  action: "updated",
  job: "j",
} as const satisfies QueueMessage;

function counted(...messages: QueueMessage[]) {
  const deliveries = messages.map((message) => ({ message, raw: new TestMessage(message) }));
  return countWebhooks(deliveries, deliveries[0]?.raw.timestamp ?? new Date());
}

test("every delivery is counted under its kind and action, also those that are folded into one read", () => {
  expect(counted(CASE, CASE, { ...CASE, action: "deleted" }, { ...CASE, model: "client" }).get("acme")).toEqual([
    { model: "case", action: "updated", recognised: true, received: 2, longest_wait_ms: 0 },
    { model: "case", action: "deleted", recognised: true, received: 1, longest_wait_ms: 0 },
    { model: "client", action: "updated", recognised: true, received: 1, longest_wait_ms: 0 },
  ]);
});

test("the longest wait in the queue is kept", () => {
  const messages = [new TestMessage(CASE), new TestMessage(CASE)];
  const now = new Date((messages[0]?.timestamp.getTime() ?? 0) + 4_000);
  const counts = countWebhooks(
    messages.map((raw) => ({ message: CASE, raw })),
    now,
  );
  expect(counts.get("acme")?.[0]?.longest_wait_ms).toBeGreaterThanOrEqual(3_900);
});

test("each org has its own counters", () => {
  const counts = counted(CASE, { ...CASE, org: "zenith" });
  expect([...counts].map(([org, own]) => [org, own[0]?.received])).toEqual([
    ["acme", 1],
    ["zenith", 1],
  ]);
});

test("unknown kinds, and unknown actions of a known kind, are counted as other: a sender's words never become keys", () => {
  const counts = counted(
    { kind: "unrecognised", org: "acme", model: "invoice", action: "paid" },
    { kind: "unrecognised", org: "acme", model: "ada@example.com", action: "sold" },
    { ...CASE, action: "merged", recognised: false },
  );
  expect(counts.get("acme")).toEqual([
    { model: "other", action: "other", recognised: false, received: 2, longest_wait_ms: 0 },
    { model: "case", action: "other", recognised: false, received: 1, longest_wait_ms: 0 },
  ]);
});

test("a redelivery by our own queue is not a second webhook", () => {
  const message = new TestMessage(CASE);
  message.attempts = 2;
  expect(countWebhooks([{ message: CASE, raw: message }], new Date()).size).toBe(0);
});

test("only webhooks are counted", () => {
  expect(
    counted(
      { ...CASE, trigger: "manual", action: null },
      { ...CASE, trigger: "replay" },
      { kind: "run", org: "acme", run: "r", step: 0, lane: "live" },
      { kind: "subscribe", org: "acme" },
    ).size,
  ).toBe(0);
});
