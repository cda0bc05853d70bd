import { expect, test } from "vitest";
import { Meter } from "../../bench/worker/meter.ts";
import type { QueueMessage, RecordMessage } from "../../src/domain/queue-message.ts";
import { splitByBudget } from "../../src/queue/budget.ts";
import { consume } from "../../src/queue/consume.ts";
import { type Delivery, fold } from "../../src/queue/fold.ts";
import { createServices } from "../../src/services.ts";
import { smallFirm } from "../support/firm.ts";
import { batchOf, TestMessage } from "../support/queues.ts";
import type { World } from "../support/world.ts";

const MAX_PER_INVOCATION = 1000; // D1 queries, and subrequests, that Cloudflare allows
const MAX_BATCH = 100;

const poll = (org: string): QueueMessage => ({ kind: "start", org, run: "poll" });

function record(org: string, id: number): RecordMessage {
  return { kind: "record", org, model: "case", id, trigger: "webhook", action: "updated", job: "j" };
}

function deliveriesOf(messages: QueueMessage[]): Delivery[] {
  return messages.map((message) => ({ message, raw: new TestMessage(message) }));
}

/** What one invocation uses of its platform when it works these messages. */
async function usedBy(world: World, messages: QueueMessage[]) {
  const meter = new Meter();
  const { DB, MYCASE_CONNECTION } = world.env;
  const metered = { DB: meter.database(DB), MYCASE_CONNECTION: meter.objects(MYCASE_CONNECTION) };
  const { sync } = createServices({ ...world.env, ...metered } as typeof world.env, world.services.config);
  world.simulator.log.clear();
  const deliveries = messages.map((message) => new TestMessage(message));
  await consume(sync, batchOf("mycase-sync-live", deliveries));
  const { d1_statements, d1_calls, object_calls } = meter.read();
  const subrequests = d1_calls + object_calls + world.simulator.log.entries.length;
  return { deliveries, queries: d1_statements, subrequests };
}

test("a full batch of polls stays within what an invocation may ask of D1 and of others", async () => {
  const world = await smallFirm();
  const used = await usedBy(world, [poll(world.org)]);
  const { now } = splitByBudget(fold(deliveriesOf(Array.from({ length: MAX_BATCH }, (_, i) => poll(`org-${i}`)))));
  expect(now.single.length).toBeGreaterThan(4);
  expect(now.single.length * used.queries).toBeLessThan(MAX_PER_INVOCATION);
  expect(now.single.length * used.subrequests).toBeLessThan(MAX_PER_INVOCATION);
});

test("a full batch of events of a hundred firms does so too", async () => {
  const world = await smallFirm();
  world.simulator.edit.update("cases", 100, { name: "Edited" }, { silent: true });
  const used = await usedBy(world, [record(world.org, 100)]);
  const { now } = splitByBudget(fold(deliveriesOf(Array.from({ length: MAX_BATCH }, (_, i) => record(`org-${i}`, 1)))));
  expect(now.groups.length).toBeGreaterThan(10);
  expect(now.groups.length * used.queries).toBeLessThan(MAX_PER_INVOCATION);
  expect(now.groups.length * used.subrequests).toBeLessThan(MAX_PER_INVOCATION);
});

test("what is beyond the budget is re-enqueued and worked by later invocations; nothing is lost and nothing done twice", async () => {
  const world = await smallFirm();
  const orgs = Array.from({ length: MAX_BATCH }, (_, index) => `org-of-budget-${index}`);
  let waiting = orgs.map(poll);
  const worked: number[] = [];
  for (let round = 0; waiting.length > 0; round++) {
    if (round === MAX_BATCH) throw new Error("it does not end");
    const { deliveries, queries } = await usedBy(world, waiting);
    expect(queries).toBeLessThan(MAX_PER_INVOCATION);
    expect(deliveries.every(({ verdict }) => verdict === "ack")).toBe(true);
    const postponed = world.live.waiting.splice(0).map(({ body }) => body as QueueMessage);
    worked.push(waiting.length - postponed.length);
    waiting = postponed;
  }
  expect(worked.reduce((sum, count) => sum + count, 0)).toBe(MAX_BATCH);
});

test("while the queue refuses, what is beyond the budget is retried", async () => {
  const world = await smallFirm();
  world.live.refuses = true;
  const { deliveries } = await usedBy(
    world,
    Array.from({ length: 30 }, (_, index) => poll(`org-${index}`)),
  );
  const retried = deliveries.filter(({ verdict }) => verdict === "retry");
  expect(retried.length).toBeGreaterThan(10);
  expect(deliveries.every(({ verdict }) => verdict !== "none")).toBe(true);
});

test("what people wait for goes before runs; a group that is larger than the budget is worked alone", () => {
  const polls = Array.from({ length: 50 }, (_, index) => poll(`org-${index}`));
  const manual: QueueMessage = { ...record("acme", 7), trigger: "manual", action: null };
  const mixed = splitByBudget(fold(deliveriesOf([...polls, manual, record("acme", 8)])));
  expect(mixed.now.groups).toHaveLength(1);
  expect(mixed.now.single[0]?.message).toEqual(manual);

  const records = Array.from({ length: 500 }, (_, index) => record("acme", index + 1));
  const large = splitByBudget(fold(deliveriesOf([...records, ...polls])));
  expect(large.now.groups[0]?.records).toHaveLength(500);
  expect(large.later).toHaveLength(50);
});
