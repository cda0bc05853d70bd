import { expect, test } from "vitest";
import type { Env } from "../../src/env.ts";
import worker from "../../src/index.ts";
import { announce } from "../support/events.ts";
import { smallFirm } from "../support/firm.ts";
import { batchOf, TestMessage, TestQueue } from "../support/queues.ts";
import type { World } from "../support/world.ts";

const MAX_ATTEMPTS = 100; // of wrangler.toml: after these a queue gives a message up
const MAX_DELAY_S = 43_200; // Queues refuses a longer one

/** The same deployment with a secret that cannot be used. */
function broken(env: Env): Env {
  return { ...env, ENCRYPTION_KEY: "not a key" };
}

/** Delivers as Queues does, until the message is acked or has run out of attempts; what was re-enqueued goes on. */
async function deliverUntilGivenUp(env: Env, role: "live" | "bulk" | "dead", queue: TestQueue, times: number) {
  for (let delivery = 0; delivery < times; delivery++) {
    const message = queue.waiting.shift();
    if (!message) return;
    Object.assign(message, { verdict: "none" });
    await worker.queue(batchOf(`mycase-sync-${role}`, [message]), env);
    expect(message.delaySeconds).toBeLessThanOrEqual(MAX_DELAY_S);
    if (message.verdict === "ack") continue;
    expect(message.attempts).toBeLessThan(MAX_ATTEMPTS);
    message.attempts += 1;
    queue.waiting.push(message);
  }
}

async function editedFirm(): Promise<World> {
  const world = await smallFirm();
  world.simulator.edit.update("cases", 100, { name: "After the bad deployment" }, { silent: true });
  await announce(world, "case", 100);
  return world;
}

test("a deployment with a malformed secret loses no message, however often it is delivered; once fixed, everything is worked", async () => {
  const world = await editedFirm();
  await deliverUntilGivenUp(broken(world.env), "live", world.live, 250);
  expect(world.live.waiting).toHaveLength(1);
  await world.drain();
  expect((await world.rows("projects"))[0]).toMatchObject({ name: "After the bad deployment" });
});

test("with a malformed secret every message of a batch waits five minutes", async () => {
  const world = await editedFirm();
  const messages = [...world.live.waiting.splice(0), new TestMessage({ kind: "subscribe", org: world.org })];
  await worker.queue(batchOf("mycase-sync-live", messages), broken(world.env));
  expect(messages.map(({ verdict, delaySeconds }) => [verdict, delaySeconds])).toEqual([
    ["retry", 300],
    ["retry", 300],
  ]);
});

test("the dead queue never gives up: while dead letters cannot be stored they go round", async () => {
  const world = await editedFirm();
  const dead = new TestQueue();
  const env = { ...world.env, DEAD_QUEUE: dead } as unknown as Env;
  dead.waiting = world.live.waiting.splice(0);
  await deliverUntilGivenUp(broken(env), "dead", dead, 250);
  expect(dead.waiting).toHaveLength(1);

  const noDatabase = { ...env, DB: { ...env.DB, prepare: () => refuse(), batch: () => refuse() } } as unknown as Env;
  await deliverUntilGivenUp(noDatabase, "dead", dead, 250);
  expect(dead.waiting).toHaveLength(1);

  await deliverUntilGivenUp(env, "dead", dead, 1);
  expect(dead.waiting).toEqual([]);
  expect(await world.rows("dead_letters")).toMatchObject([{ model: "case", record_id: 100, closed_at: null }]);
});

function refuse(): never {
  throw new Error("D1_ERROR: Network connection lost.");
}

test("a queue that no role is known of keeps its messages waiting", async () => {
  const world = await editedFirm();
  const messages = world.live.waiting.splice(0);
  await worker.queue(batchOf("mycase-sync-other", messages), world.env);
  expect(messages.map(({ verdict, delaySeconds }) => [verdict, delaySeconds])).toEqual([["retry", 300]]);
});

test("while a message cannot be re-enqueued it is retried, never acked", async () => {
  const world = await editedFirm();
  const [message] = world.live.waiting.splice(0);
  if (!message) throw new Error("no message");
  message.attempts = 95;
  world.live.refuses = true;
  await worker.queue(batchOf("mycase-sync-live", [message]), broken(world.env));
  expect(message.verdict).toBe("retry");
});
