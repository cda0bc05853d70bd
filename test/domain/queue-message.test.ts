import fc from "fast-check";
import { expect, test } from "vitest";
import { type QueueMessage, queueMessage } from "../../src/domain/queue-message.ts";
import { RECORD_MODELS } from "../../src/domain/resources.ts";

const RECORD = {
  kind: "record",
  org: "acme",
  model: "case",
  id: 7,
  trigger: "webhook",
  action: "updated",
  job: "j1",
} as const satisfies QueueMessage;

const JOBS: QueueMessage[] = [
  RECORD,
  { ...RECORD, action: null, trigger: "replay" },
  { kind: "run", org: "acme", run: "r1", step: 0 },
  { kind: "unrecognised", org: "acme", model: "invoice", action: "paid" },
  { kind: "subscribe", org: "acme" },
];

test.each(JOBS.map((job) => [job.kind, job]))("a %s job comes out of the queue as it went in", (_, job) => {
  expect(queueMessage.parse(JSON.parse(JSON.stringify(job)))).toEqual(job);
});

test.each(JOBS.flatMap((job) => Object.keys(job).map((field) => [job.kind, field, job] as const)))(
  "a %s job without its %s is none",
  (_, field, job) => {
    expect(queueMessage.safeParse({ ...job, [field]: undefined }).success).toBe(false);
  },
);

test("a job for a record that cannot be read by id is none", () => {
  for (const model of RECORD_MODELS) expect(queueMessage.safeParse({ ...RECORD, model }).success).toBe(true);
  for (const model of ["custom_field", "invoice", "Case", "", null])
    expect(queueMessage.safeParse({ ...RECORD, model }).success).toBe(false);
});

test("an id that is no id of MyCase makes no job", () => {
  for (const id of [0, -1, 1.5, "7", null, 2 ** 53])
    expect(queueMessage.safeParse({ ...RECORD, id }).success).toBe(false);
});

test("a trigger that the ledger does not know makes no job", () => {
  expect(queueMessage.safeParse({ ...RECORD, trigger: "cron" }).success).toBe(false);
});

test("no message whatever makes the schema throw", () => {
  fc.assert(fc.property(fc.jsonValue(), (body) => void queueMessage.safeParse(body)));
});
