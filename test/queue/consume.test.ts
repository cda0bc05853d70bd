import { expect, test } from "vitest";
import { DatabaseError } from "../../src/db/errors.ts";
import type { QueueMessage } from "../../src/domain/queue-message.ts";
import { consume } from "../../src/queue/consume.ts";
import { storeDeadLetters } from "../../src/queue/dead-letter.ts";
import { replayDeadLetters } from "../../src/sync/replay-dead-letters.ts";
import { requestResync } from "../../src/sync/resync/request-resync.ts";
import { startRun } from "../../src/sync/runs/start.ts";
import { announce } from "../support/events.ts";
import { plainCase, smallFirm } from "../support/firm.ts";
import { batchOf, TestMessage } from "../support/queues.ts";
import { complete } from "../support/runs.ts";

test("a message without a kind is kept with its reason, and does not hold up the others", async () => {
  const world = await smallFirm();
  world.simulator.edit.update("cases", 100, { name: "Good" }, { silent: true });
  await announce(world, "case", 100);
  const messages = [new TestMessage({ nonsense: true }), ...world.live.waiting.splice(0)];
  await consume(world.sync, batchOf("live", messages));
  expect(messages.map((message) => message.verdict)).toEqual(["ack", "ack"]);
  expect((await world.rows("projects"))[0]).toMatchObject({ name: "Good" });
  const { results } = await world.env.DB.prepare("SELECT code, message FROM dead_letters WHERE org_id = ''").all();
  expect(results).toContainEqual({ code: "malformed", message: '{"nonsense":true}' });
});

test("while the database is gone nothing is acked, and when it is back the change arrives", async () => {
  const world = await smallFirm();
  world.simulator.edit.update("cases", 100, { name: "After the outage" }, { silent: true });
  await announce(world, "case", 100);
  const [message] = world.live.waiting.splice(0);
  if (!message) throw new Error("no message");
  const { batch } = world.env.DB;
  world.env.DB.batch = () => Promise.reject(new Error("D1_ERROR: Network connection lost"));
  await consume(world.sync, batchOf("live", [message]));
  world.env.DB.batch = batch;
  expect([message.verdict, message.delaySeconds > 0]).toEqual(["retry", true]);
  message.verdict = "none";
  await consume(world.sync, batchOf("live", [message]));
  expect(message.verdict).toBe("ack");
  expect((await world.rows("projects"))[0]).toMatchObject({ name: "After the outage" });
});

test("a record that MyCase returns malformed is a dead letter; repaired and replayed, the project is right and the dead letter resolved", async () => {
  const world = await smallFirm();
  const record = { ...world.simulator.edit.get("cases", 100), name: "Repaired" };
  world.simulator.faults.add({
    path: "^/v1/cases/100$",
    times: 1,
    body: JSON.stringify({ ...record, clients: "not a list" }),
  });
  await announce(world, "case", 100);
  await world.drain();
  expect(await world.rows("dead_letters")).toMatchObject([
    { code: "malformed", model: "case", record_id: 100, closed_at: null },
  ]);
  expect((await world.rows("projects"))[0]).toMatchObject({ name: "Case 100", deleted_at: null });

  world.simulator.edit.update("cases", 100, { name: "Repaired" }, { silent: true });
  expect(await replayDeadLetters(world.sync, world.org)).toBe(1);
  await world.drain();
  expect((await world.rows("projects"))[0]).toMatchObject({ name: "Repaired" });
  expect((await world.rows("dead_letters"))[0]?.closed_by).toBe("replay");
  expect(await replayDeadLetters(world.sync, world.org)).toBe(0);
});

test("a record too large for the database is a dead letter, and holds up neither its batch, nor its page, nor the run", async () => {
  const world = await smallFirm();
  world.simulator.edit.create("cases", plainCase(101), { silent: true });
  world.simulator.edit.update("cases", 101, { description: "x".repeat(2_100_000) }, { silent: true });
  world.simulator.edit.update("cases", 100, { name: "Beside it" }, { silent: true });
  await announce(world, "case", 101);
  await announce(world, "case", 100);
  await world.drain();
  const letter = { code: "malformed", model: "case", record_id: 101, closed_at: null };
  expect(await world.rows("dead_letters")).toMatchObject([letter]);
  expect(await world.rows("projects")).toMatchObject([{ case_id: 100, name: "Beside it" }]);

  world.simulator.edit.update("cases", 100, { name: "On its page" }, { silent: true });
  const run = await startRun(world.sync, world.org, "poll", { trigger: "api" });
  if (!run.ok) throw new Error(run.failure.detail);
  await world.drain();
  expect(await world.sync.runs.get(world.org, run.value.id)).toMatchObject({ state: "succeeded" });
  expect(await world.rows("dead_letters")).toMatchObject([letter]);
  expect(await world.rows("projects")).toMatchObject([{ case_id: 100, name: "On its page" }]);
});

test("what the database refuses for one record of a group is that record's dead letter; the others are saved", async () => {
  const world = await smallFirm();
  const { store } = world.sync;
  const refused = new DatabaseError("invalid", "D1_ERROR: CHECK constraint failed: SQLITE_CONSTRAINT");
  world.sync.store = {
    ...store,
    saveReads: async (org, reads, options) => {
      if (reads.some((read) => read.records.some(({ id }) => id === 103))) throw refused;
      return store.saveReads(org, reads, options);
    },
  };
  const ids = [101, 102, 103, 104, 105];
  for (const id of ids) world.simulator.edit.create("cases", plainCase(id), { silent: true });
  for (const id of ids) await announce(world, "case", id);
  const messages = world.live.waiting.splice(0);
  await consume(world.sync, batchOf("live", messages));
  expect(messages.map(({ verdict }) => verdict)).toEqual(ids.map(() => "ack"));
  expect(await world.rows("dead_letters")).toMatchObject([{ code: "unstorable", model: "case", record_id: 103 }]);
  expect((await world.rows("projects")).map(({ case_id }) => case_id)).toEqual([100, 101, 102, 104, 105]);
});

test("a full database kills no message: all wait until there is room", async () => {
  const world = await smallFirm();
  await announce(world, "case", 100);
  const messages = [...world.live.waiting.splice(0), new TestMessage({ kind: "start", org: world.org, run: "poll" })];
  for (const message of messages) message.attempts = 50;
  const { batch, prepare } = world.env.DB;
  const full = () => Promise.reject(new Error("D1_ERROR: Exceeded maximum DB size: SQLITE_FULL"));
  world.env.DB.batch = full;
  await consume(world.sync, batchOf("live", messages));
  Object.assign(world.env.DB, { batch, prepare });
  expect(messages.map(({ verdict }) => verdict)).toEqual(["retry", "retry"]);
  expect(await world.rows("dead_letters")).toEqual([]);
});

test.each(["backfill", "poll", "nightly"])(
  "a record that a %s finds malformed is a dead letter too, once; repaired without a webhook and replayed, the project is right",
  async (kind) => {
    const world = await smallFirm();
    const record = world.simulator.edit.get("cases", 100);
    const broken = { path: "^/v1/cases$", body: JSON.stringify([{ ...record, clients: "not a list" }]) };
    world.simulator.faults.add(broken);
    await complete(world, kind);
    await complete(world, kind);
    expect(await world.rows("dead_letters")).toMatchObject([
      { code: "malformed", model: "case", record_id: 100, closed_at: null },
    ]);
    expect((await world.rows("projects"))[0]).toMatchObject({ name: "Case 100", deleted_at: null });

    world.simulator.faults.clear();
    world.simulator.edit.update("cases", 100, { name: "Repaired" }, { silent: true });
    expect(await replayDeadLetters(world.sync, world.org)).toBe(1);
    await world.drain();
    expect((await world.rows("projects"))[0]).toMatchObject({ name: "Repaired" });
    expect((await world.rows("dead_letters"))[0]?.closed_at).not.toBeNull();

    world.simulator.faults.add(broken); // and again: it is a dead letter once more
    await complete(world, kind);
    expect(await world.rows("dead_letters")).toMatchObject([{ record_id: 100, closed_at: null, closed_by: null }]);
  },
);

test("a dead letter about a record that syncs after all is resolved", async () => {
  const world = await smallFirm();
  const message = new TestMessage({
    kind: "record",
    org: world.org,
    model: "case",
    id: 100,
    trigger: "webhook",
    action: "updated",
    job: "j",
  });
  await storeDeadLetters(world.sync, batchOf("dead", [message]));
  expect((await world.rows("dead_letters"))[0]).toMatchObject({
    closed_at: null,
    detail: "the message ran out of retries",
  });
  await announce(world, "case", 100);
  await world.drain();
  expect((await world.rows("dead_letters"))[0]).toMatchObject({ closed_by: "webhook" });
});

test("MyCase being down delays and never gives up; a disconnected org's work is let go", async () => {
  const world = await smallFirm();
  world.simulator.faults.maintenance = true;
  await announce(world, "case", 100);
  const [message] = world.live.waiting.splice(0);
  if (!message) throw new Error("no message");
  message.attempts = 89;
  await consume(world.sync, batchOf("live", [message]));
  expect(message.verdict).toBe("retry");
  expect(await world.rows("dead_letters")).toEqual([]);
  await world.sync.connection(world.org).forget();
  message.verdict = "none";
  await consume(world.sync, batchOf("live", [message]));
  expect(message.verdict).toBe("ack");
});

test("an outage longer than a queue repeats a message: the message is re-enqueued before the queue gives it up", async () => {
  const world = await smallFirm();
  world.simulator.faults.maintenance = true;
  await announce(world, "case", 100);
  const [message] = world.live.waiting.splice(0);
  if (!message) throw new Error("no message");
  message.attempts = 90;
  await consume(world.sync, batchOf("live", [message]));
  expect(message.verdict).toBe("ack");
  expect(world.live.waiting.map(({ body, attempts }) => ({ body, attempts }))).toEqual([
    { body: message.body, attempts: 1 },
  ]);

  const again = world.live.waiting.splice(0)[0];
  if (!again) throw new Error("no message");
  again.attempts = 90;
  world.live.refuses = true;
  await consume(world.sync, batchOf("live", [again]));
  expect(again.verdict).toBe("retry"); // never acked before it is queued
});

test.each([
  ["bulk", "nightly"],
  ["live", "poll"],
] as const)("a step that is re-enqueued stays in the %s lane of its %s", async (lane, kind) => {
  const world = await smallFirm();
  await startRun(world.sync, world.org, kind, { trigger: "api" });
  const step = world[lane].waiting.find(({ body }) => (body as QueueMessage).kind === "run");
  if (!step) throw new Error("no step");
  world.bulk.waiting = [];
  world.live.waiting = [];
  world.simulator.faults.maintenance = true;
  step.attempts = 90;
  await consume(world.sync, batchOf(lane, [step]));
  expect(step.verdict).toBe("ack");
  expect(world[lane].waiting.map(({ body }) => body)).toEqual([step.body]);
});

test("an invocation has at most five requests to MyCase under way: no timeout runs while a request waits to be sent", async () => {
  const world = await smallFirm();
  const { simulator } = world;
  const answer = simulator.handle;
  let underWay = 0;
  let most = 0;
  simulator.handle = async (request) => {
    most = Math.max(most, ++underWay);
    await new Promise((resolve) => setTimeout(resolve));
    try {
      return await answer(request);
    } finally {
      underWay -= 1;
    }
  };
  for (let id = 300; id < 320; id++) await requestResync(world.sync, world.org, id);
  await consume(world.sync, batchOf("mycase-sync-live", world.live.waiting.splice(0)));
  expect(most).toBe(5);
});
