import { expect, test, vi } from "vitest";
import { queueMessage } from "../../src/domain/queue-message.ts";
import { consume } from "../../src/queue/consume.ts";
import { ask } from "../support/api.ts";
import { announce } from "../support/events.ts";
import { smallFirm } from "../support/firm.ts";
import { batchOf, type TestMessage } from "../support/queues.ts";
import type { World } from "../support/world.ts";

const MAX_ATTEMPTS = 12;

/** A firm with one change in the queue, whose message the version that now runs cannot read. */
async function rolledBack(): Promise<{ world: World; message: TestMessage }> {
  const world = await smallFirm();
  world.simulator.edit.update("cases", 100, { name: "Written by the newer version" }, { silent: true });
  await announce(world, "case", 100);
  const [message] = world.live.waiting.splice(0);
  if (!message) throw new Error("no message");
  const { error } = queueMessage.safeParse({});
  vi.spyOn(queueMessage, "safeParse").mockReturnValue({ success: false, error } as never);
  return { world, message };
}

async function deliver(world: World, message: TestMessage, attempts: number): Promise<void> {
  Object.assign(message, { verdict: "none", attempts });
  await consume(world.sync, batchOf("mycase-sync-live", [message]));
}

const nameOf = async (world: World) => (await world.rows("projects"))[0]?.name;

test("a message of a kind that this version does not know waits for the roll forward, and is worked then", async () => {
  const { world, message } = await rolledBack();
  await deliver(world, message, 1);
  expect([message.verdict, message.delaySeconds]).toEqual(["retry", 300]);
  await deliver(world, message, MAX_ATTEMPTS - 1);
  expect(message.verdict).toBe("retry");
  expect(await world.rows("dead_letters")).toEqual([]);

  vi.restoreAllMocks();
  await deliver(world, message, MAX_ATTEMPTS);
  expect(await nameOf(world)).toBe("Written by the newer version");
});

test("after an hour it is a dead letter of its org, seen by API and alarm; rolled forward, a replay works it", async () => {
  const { world, message } = await rolledBack();
  await deliver(world, message, MAX_ATTEMPTS);
  expect(message.verdict).toBe("ack");
  const deadLetters = await ask(world, "GET", `/v1/orgs/${world.org}/dead-letters`);
  expect(deadLetters.body.data).toMatchObject([{ code: "unknown_message", model: "case", record_id: 100 }]);
  const health = await ask(world, "GET", `/v1/orgs/${world.org}/health`);
  expect(health.body.alarms.map((alarm: { code: string }) => alarm.code)).toContain("dead_letters");
  expect((await ask(world, "POST", `/v1/orgs/${world.org}/dead-letters/replay`)).body).toEqual({ replayed: 0 });

  vi.restoreAllMocks();
  expect((await ask(world, "POST", `/v1/orgs/${world.org}/dead-letters/replay`)).body).toEqual({ replayed: 1 });
  await world.drain();
  expect(await nameOf(world)).toBe("Written by the newer version");
});
