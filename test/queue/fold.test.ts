import fc from "fast-check";
import { expect, test } from "vitest";
import type { QueueMessage, RecordMessage } from "../../src/domain/queue-message.ts";
import { type Delivery, fold } from "../../src/queue/fold.ts";
import { TestMessage } from "../support/queues.ts";

function record(org: string, id: number, more: Partial<RecordMessage> = {}): RecordMessage {
  return {
    kind: "record",
    org,
    model: "case",
    id,
    trigger: "webhook",
    action: "updated",
    job: `${org}-${id}`,
    ...more,
  };
}

function deliveriesOf(messages: QueueMessage[]): Delivery[] {
  return messages.map((message) => ({ message, raw: new TestMessage(message) }));
}

test("a thousand events about one case are one record, and every message of them is kept", () => {
  const all = deliveriesOf(Array.from({ length: 1000 }, () => record("acme", 7)));
  const { groups, single } = fold(all);
  const folded = groups[0]?.records ?? [];
  expect(folded.map(({ message }) => message.id)).toEqual([7]);
  expect(folded[0]?.deliveries.map((delivery) => delivery.raw.id)).toEqual(all.map((delivery) => delivery.raw.id));
  expect(single).toEqual([]);
});

test("the same id of another org or of another kind is another record", () => {
  const { groups } = fold(
    deliveriesOf([record("acme", 7), record("zenith", 7), record("acme", 7, { model: "client" }), record("acme", 8)]),
  );
  const names = groups.map(({ org, records }) => [
    org,
    ...records.map(({ message }) => `${message.model} ${message.id}`),
  ]);
  expect(names).toEqual([
    ["acme", "case 7", "client 7", "case 8"],
    ["zenith", "case 7"],
  ]);
});

test("created, updated and deleted about one record are one: what happened is read from MyCase", () => {
  const actions = ["created", "updated", "deleted"].map((action) => record("acme", 7, { action }));
  expect(fold(deliveriesOf(actions)).groups[0]?.records).toHaveLength(1);
});

test("what was asked for by a replay is not mixed with what webhooks asked for: the ledger tells them apart", () => {
  const { groups } = fold(deliveriesOf([record("acme", 7), record("acme", 8, { trigger: "replay" })]));
  expect(groups.map(({ records }) => records.map(({ message }) => message.trigger))).toEqual([["webhook"], ["replay"]]);
});

test("a record is to be read after the latest of its events, and at once when one of them has no hour", () => {
  const at = (received_at?: string) => record("acme", 7, received_at === undefined ? {} : { received_at });
  const hourOf = (jobs: RecordMessage[]) => fold(deliveriesOf(jobs)).groups[0]?.records[0]?.message.received_at;
  expect(hourOf([at("2026-01-01T00:00:01Z"), at("2026-01-01T00:00:03Z"), at("2026-01-01T00:00:02Z")])).toBe(
    "2026-01-01T00:00:03Z",
  );
  expect(hourOf([at("2026-01-01T00:00:01Z"), at()])).toBeUndefined();
});

test("R58: what a person asked for stands alone, so that its job says what it did", () => {
  const manual = record("acme", 7, { trigger: "manual", action: null });
  const { groups, single } = fold(deliveriesOf([record("acme", 7), manual, manual]));
  expect(single.map(({ message }) => message)).toEqual([manual, manual]);
  expect(groups[0]?.records[0]?.deliveries).toHaveLength(1);
});

test("runs, subscriptions and unrecognised deliveries stand alone, in their order", () => {
  const jobs: QueueMessage[] = [
    { kind: "run", org: "acme", run: "r", step: 3, lane: "bulk" },
    { kind: "subscribe", org: "acme" },
    { kind: "unrecognised", org: "acme", model: "invoice", action: "paid" },
    { kind: "run", org: "acme", run: "r", step: 3, lane: "bulk" },
  ];
  expect(fold(deliveriesOf(jobs)).single.map(({ message }) => message)).toEqual(jobs);
});

test("whatever the batch, no message is lost and none is taken twice", () => {
  const job = fc.record({
    org: fc.constantFrom("acme", "zenith"),
    id: fc.integer({ min: 1, max: 4 }),
    model: fc.constantFrom("case", "client" as const),
    trigger: fc.constantFrom("webhook", "manual", "replay" as const),
  });
  fc.assert(
    fc.property(fc.array(job, { maxLength: 40 }), (jobs) => {
      const all = deliveriesOf(jobs.map(({ org, id, ...more }) => record(org, id, more)));
      const { groups, single } = fold(all);
      const folded = groups.flatMap((group) => group.records);
      const out = [...single, ...folded.flatMap(({ deliveries }) => deliveries)];
      expect(out.map(({ raw }) => raw.id).sort()).toEqual(all.map(({ raw }) => raw.id).sort());
      const names = folded.map(({ message: { org, trigger, model, id } }) => `${org} ${trigger} ${model} ${id}`);
      expect(new Set(names).size).toBe(names.length);
    }),
  );
});
