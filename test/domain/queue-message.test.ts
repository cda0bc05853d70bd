import fc from "fast-check";
import { expect, test } from "vitest";
import { laneOfMessage, type QueueMessage, queueMessage } from "../../src/domain/queue-message.ts";
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

const MESSAGES: QueueMessage[] = [
  RECORD,
  { ...RECORD, action: null, trigger: "replay" },
  { kind: "run", org: "acme", run: "r1", step: 0, lane: "live" },
  { kind: "unrecognised", org: "acme", model: "invoice", action: "paid" },
  { kind: "subscribe", org: "acme" },
];

/** A step without a lane is what older versions queued. */
function requiredFieldsOf(message: QueueMessage): string[] {
  return Object.keys(message).filter((field) => field !== "lane");
}

test.each(MESSAGES.map((message) => [message.kind, message]))(
  "a %s message comes out of the queue as it went in",
  (_, message) => {
    expect(queueMessage.parse(JSON.parse(JSON.stringify(message)))).toEqual(message);
  },
);

test.each(
  MESSAGES.flatMap((message) => requiredFieldsOf(message).map((field) => [message.kind, field, message] as const)),
)("a %s message without its %s is refused", (_, field, message) => {
  expect(queueMessage.safeParse({ ...message, [field]: undefined }).success).toBe(false);
});

test("a message about a record that cannot be read by id is refused", () => {
  for (const model of RECORD_MODELS) expect(queueMessage.safeParse({ ...RECORD, model }).success).toBe(true);
  for (const model of ["custom_field", "invoice", "Case", "", null])
    expect(queueMessage.safeParse({ ...RECORD, model }).success).toBe(false);
});

test("an id that cannot be MyCase's is refused", () => {
  for (const id of [0, -1, 1.5, "7", null, 2 ** 53])
    expect(queueMessage.safeParse({ ...RECORD, id }).success).toBe(false);
});

test("a trigger that the ledger does not know is refused", () => {
  expect(queueMessage.safeParse({ ...RECORD, trigger: "cron" }).success).toBe(false);
});

test("no message whatever makes the schema throw", () => {
  fc.assert(fc.property(fc.jsonValue(), (body) => void queueMessage.safeParse(body)));
});

test("steps go in the lane that they name, bulk when they name none; everything else is live", () => {
  const step = { kind: "run", org: "acme", run: "r1", step: 0 };
  expect(laneOfMessage(queueMessage.parse(step))).toBe("bulk");
  expect(laneOfMessage(queueMessage.parse({ ...step, lane: "live" }))).toBe("live");
  for (const message of MESSAGES.filter(({ kind }) => kind !== "run")) expect(laneOfMessage(message)).toBe("live");
});
