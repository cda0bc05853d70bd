import { expect, test } from "vitest";
import { announce } from "../support/events.ts";
import type { World } from "../support/world.ts";
import { importedFirm } from "./support/firm.ts";
import { tablesOf } from "./support/tables.ts";

async function deletedAt(world: World, id: number): Promise<unknown> {
  return (await tablesOf(world)).projects.get(String(id))?.deleted_at;
}

/** MyCase shows the case to so many more reads by id, and only then no more. */
function deleteLate(world: World, id: number, reads: number): () => number {
  const { simulator } = world;
  const answer = simulator.handle;
  let seen = 0;
  simulator.handle = async (request) => {
    if (new URL(request.url).pathname !== `/v1/cases/${id}`) return answer(request);
    seen += 1;
    if (seen === reads + 1) simulator.edit.remove("cases", id, { silent: true });
    return answer(request);
  };
  return () => seen;
}

test.each([1, 2])(
  "D5: a case that still shows to %i reads after its deleted event leaves its tombstone",
  async (reads) => {
    const world = await importedFirm();
    deleteLate(world, 101, reads);
    await announce(world, "case", 101, "deleted");
    await world.drain();
    expect(await deletedAt(world, 101)).toEqual(expect.any(String));
  },
);

test("D5: a deleted event is read for even when another read has just covered it", async () => {
  const world = await importedFirm();
  deleteLate(world, 101, 1);
  await announce(world, "case", 101, "updated");
  await world.drain();
  await world.live.send({
    kind: "record",
    org: world.org,
    model: "case",
    id: 101,
    trigger: "webhook",
    action: "deleted",
    received_at: "2020-01-01T00:00:00.000Z",
    job: "late",
  });
  await world.drain();
  expect(await deletedAt(world, 101)).toEqual(expect.any(String));
});

test("a deleted event that was wrong costs two more reads, half a minute and a minute later, and deletes nothing", async () => {
  const world = await importedFirm();
  const reads = deleteLate(world, 101, Number.POSITIVE_INFINITY);
  const delays: number[] = [];
  const { send } = world.live;
  world.live.send = (body, options) => {
    delays.push(options?.delaySeconds ?? 0);
    return send.call(world.live, body, options);
  };
  await announce(world, "case", 101, "deleted");
  await announce(world, "case", 101, "updated");
  await world.drain();
  expect(reads()).toBe(3);
  expect(delays).toEqual([0, 0, 30, 60]);
  expect(await deletedAt(world, 101)).toBeNull();
  const [counts] = (await world.rows("webhook_counts")).filter((row) => row.action === "deleted");
  expect(counts).toMatchObject({ received: 1 });
});
