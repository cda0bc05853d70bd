import fc from "fast-check";
import { expect, test } from "vitest";
import type { QueueMessage, RecordMessage } from "../../src/domain/queue-message.ts";
import { type Delivered, fold } from "../../src/queue/fold.ts";
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

function delivered(jobs: QueueMessage[]): Delivered[] {
  return jobs.map((job) => ({ job, message: new TestMessage(job) }));
}

test("a thousand events about one case are one record, and every message of them is kept", () => {
  const all = delivered(Array.from({ length: 1000 }, () => record("acme", 7)));
  const { records, single } = fold(all);
  const folded = records[0]?.wanted ?? [];
  expect(folded.map(({ job }) => job.id)).toEqual([7]);
  expect(folded[0]?.deliveries.map((one) => one.message.id)).toEqual(all.map((one) => one.message.id));
  expect(single).toEqual([]);
});

test("the same id of another org or of another kind is another record", () => {
  const { records } = fold(
    delivered([record("acme", 7), record("zenith", 7), record("acme", 7, { model: "client" }), record("acme", 8)]),
  );
  const names = records.map(({ org, wanted }) => [org, ...wanted.map(({ job }) => `${job.model} ${job.id}`)]);
  expect(names).toEqual([
    ["acme", "case 7", "client 7", "case 8"],
    ["zenith", "case 7"],
  ]);
});

test("created, updated and deleted about one record are one: what happened is read from MyCase", () => {
  const actions = ["created", "updated", "deleted"].map((action) => record("acme", 7, { action }));
  expect(fold(delivered(actions)).records[0]?.wanted).toHaveLength(1);
});

test("what was asked for by a replay is not mixed with what webhooks asked for: the ledger tells them apart", () => {
  const { records } = fold(delivered([record("acme", 7), record("acme", 8, { trigger: "replay" })]));
  expect(records.map(({ wanted }) => wanted.map(({ job }) => job.trigger))).toEqual([["webhook"], ["replay"]]);
});

test("a record is to be read after the latest of its events, and at once when one of them has no hour", () => {
  const at = (received_at?: string) => record("acme", 7, received_at === undefined ? {} : { received_at });
  const hourOf = (jobs: RecordMessage[]) => fold(delivered(jobs)).records[0]?.wanted[0]?.job.received_at;
  expect(hourOf([at("2026-01-01T00:00:01Z"), at("2026-01-01T00:00:03Z"), at("2026-01-01T00:00:02Z")])).toBe(
    "2026-01-01T00:00:03Z",
  );
  expect(hourOf([at("2026-01-01T00:00:01Z"), at()])).toBeUndefined();
});

test("R58: what a person asked for stands alone, so that its job says what it did", () => {
  const manual = record("acme", 7, { trigger: "manual", action: null });
  const { records, single } = fold(delivered([record("acme", 7), manual, manual]));
  expect(single.map(({ job }) => job)).toEqual([manual, manual]);
  expect(records[0]?.wanted[0]?.deliveries).toHaveLength(1);
});

test("runs, subscriptions and unrecognised deliveries stand alone, in their order", () => {
  const jobs: QueueMessage[] = [
    { kind: "run", org: "acme", run: "r", step: 3 },
    { kind: "subscribe", org: "acme" },
    { kind: "unrecognised", org: "acme", model: "invoice", action: "paid" },
    { kind: "run", org: "acme", run: "r", step: 3 },
  ];
  expect(fold(delivered(jobs)).single.map(({ job }) => job)).toEqual(jobs);
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
      const all = delivered(jobs.map(({ org, id, ...more }) => record(org, id, more)));
      const { records, single } = fold(all);
      const groups = records.flatMap(({ wanted }) => wanted);
      const out = [...single, ...groups.flatMap(({ deliveries }) => deliveries)];
      expect(out.map(({ message }) => message.id).sort()).toEqual(all.map(({ message }) => message.id).sort());
      const names = groups.map(({ job: { org, trigger, model, id } }) => `${org} ${trigger} ${model} ${id}`);
      expect(new Set(names).size).toBe(names.length);
    }),
  );
});
