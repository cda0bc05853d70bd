import { expect, test } from "vitest";
import { tick } from "../../src/cron/tick.ts";
import type { Resync } from "../../src/domain/resync.ts";
import { consume } from "../../src/queue/consume.ts";
import { requestResync } from "../../src/sync/resync/request-resync.ts";
import { onlyRow, smallFirm } from "../support/firm.ts";
import { batchOf } from "../support/queues.ts";
import { createWorld, type World } from "../support/world.ts";

async function resync(world: World, caseId: number): Promise<Resync> {
  const requested = await requestResync(world.sync, world.org, caseId);
  if (!requested.ok) throw new Error(requested.failure.kind);
  await world.drain();
  const job = await world.sync.resyncs.get(world.org, requested.value.id);
  if (!job) throw new Error("the job is gone");
  return job;
}

test("R4, T1: a hand-edited column is put back, and the job says what changed", async () => {
  const world = await smallFirm();
  await world.env.DB.prepare("UPDATE projects SET name = 'Edited by hand' WHERE org_id = ?").bind(world.org).run();
  await world.env.DB.prepare("UPDATE contacts SET phone = '+15005550006' WHERE org_id = ?").bind(world.org).run();
  const job = await resync(world, 100);
  expect(job).toMatchObject({ state: "succeeded", error: null, result: { outcome: "changed" } });
  expect((job.result as { changes: unknown }).changes).toEqual([
    { entity: "project", id: "100", field: "name", old: "Edited by hand", new: "Case 100" },
    { entity: "contact", id: "1", field: "phone", old: "+15005550006", new: "+12125550101" },
  ]);
  expect(await onlyRow(world, "projects")).toMatchObject({ name: "Case 100" });
});

test("T1: a change that MyCase did not announce or date is found, also in a person", async () => {
  const world = await smallFirm();
  world.simulator.edit.update(
    "clients",
    1,
    { cell_phone_number: "(212) 555-0199" },
    { silent: true, keepUpdatedAt: true },
  );
  const job = await resync(world, 100);
  expect((job.result as { changes: { field: string }[] }).changes.map((one) => one.field)).toEqual([
    "phone",
    "phone_raw",
  ]);
});

test("R58: nothing changed is said as such, with the time MyCase was read", async () => {
  const world = await smallFirm();
  const job = await resync(world, 100);
  expect(job.result).toMatchObject({ outcome: "unchanged", changes: [], read_at: expect.stringMatching(/^20/) });
});

test("R58: a case never imported before is imported; an unknown case and a missing connection are distinguished", async () => {
  const world = await smallFirm();
  world.simulator.edit.create("cases", { id: 777, name: "New", practice_area: "Family Law" }, { silent: true });
  expect((await resync(world, 777)).result).toMatchObject({ outcome: "changed" });
  expect((await world.rows("projects")).map((row) => row.case_id)).toEqual([100, 777]);
  expect(await resync(world, 999)).toMatchObject({ state: "failed", error: { code: "case_not_found" } });

  const alone = await createWorld();
  expect(await requestResync(alone.sync, alone.org, 1)).toMatchObject({
    ok: false,
    failure: { kind: "not_connected" },
  });
});

test("R58: a second press while one is in flight gives the same job", async () => {
  const world = await smallFirm();
  const [first, second] = await Promise.all([
    requestResync(world.sync, world.org, 100),
    requestResync(world.sync, world.org, 100),
  ]);
  expect(first).toEqual(second);
  await world.drain();
  const third = await requestResync(world.sync, world.org, 100);
  expect(third).not.toEqual(first);
});

test("R58: a resync that waits for access to be granted is done as soon as it is, not when its message would come back", async () => {
  const world = await smallFirm();
  const requested = await requestResync(world.sync, world.org, 100);
  if (!requested.ok) throw new Error(requested.failure.kind);
  world.simulator.tokens.revokeAccessTokens();
  world.simulator.tokens.revokeRefreshTokens();
  const [held] = world.live.waiting.splice(0);
  if (!held) throw new Error("no message");
  await consume(world.sync, batchOf("mycase-sync-live", [held]));
  expect(held).toMatchObject({ verdict: "retry", delaySeconds: 300 });
  const state = async () => (await world.sync.resyncs.get(world.org, requested.value.id))?.state;
  expect(await state()).toBe("running");

  await world.connect();
  await world.drain();
  expect(await state()).toBe("succeeded");
  held.verdict = "none";
  await consume(world.sync, batchOf("mycase-sync-live", [held])); // its own message finds it done
  expect(held.verdict).toBe("ack");
});

test("T1: a resync delivered again after its end could not be stored still says what it changed", async () => {
  const world = await smallFirm();
  await world.env.DB.prepare("UPDATE projects SET name = 'Edited by hand' WHERE org_id = ?").bind(world.org).run();
  const { finish } = world.sync.resyncs;
  let lost = 0;
  world.sync.resyncs.finish = async (...end) => {
    if (lost++ === 0) throw new Error("Network connection lost.");
    return finish(...end);
  };
  const job = await resync(world, 100);
  expect(lost).toBe(2);
  expect(job).toMatchObject({
    state: "succeeded",
    result: { outcome: "changed", changes: [{ entity: "project", id: "100", field: "name", new: "Case 100" }] },
  });
});

test("R58: however often somebody presses, one message is queued", async () => {
  const world = await smallFirm();
  for (let press = 0; press < 5; press++) await requestResync(world.sync, world.org, 100);
  expect(world.live.waiting).toHaveLength(1);
});

test("R58: after a press that could not be queued the next one queues", async () => {
  const world = await smallFirm();
  world.live.refuses = true;
  await expect(requestResync(world.sync, world.org, 100)).rejects.toThrow();
  world.live.refuses = false;
  expect(await requestResync(world.sync, world.org, 100)).toMatchObject({ ok: true });
  expect(world.live.waiting).toHaveLength(1);
});

test("R58: a resync whose message was lost is queued again by cron, and while its message lives it is not", async () => {
  const world = await smallFirm();
  const requested = await requestResync(world.sync, world.org, 100);
  if (!requested.ok) throw new Error(requested.failure.kind);
  world.live.waiting.splice(0);
  await tick(world.sync, "*/5 * * * *");
  const ofResync = () => world.live.waiting.filter(({ body }) => (body as { job?: string }).job === requested.value.id);
  expect(ofResync()).toHaveLength(0);
  const { now } = world.sync;
  world.sync.now = () => new Date(now().getTime() + 31 * 60_000);
  await tick(world.sync, "*/5 * * * *");
  await tick(world.sync, "*/5 * * * *");
  expect(ofResync()).toHaveLength(1);
  await world.drain();
  expect((await world.sync.resyncs.get(world.org, requested.value.id))?.state).toBe("succeeded");
});
