import { afterEach, beforeEach, expect, test } from "vitest";
import { consume } from "../../src/queue/consume.ts";
import { announce } from "../support/events.ts";
import { onlyRow, plainCase, smallFirm } from "../support/firm.ts";
import { batchOf } from "../support/queues.ts";
import { runOf, start } from "../support/runs.ts";
import { useRealTime, useVirtualTime } from "../support/virtual-time.ts";
import type { World } from "../support/world.ts";

beforeEach(useVirtualTime);
afterEach(useRealTime);

/** A firm whose listings come one record at a time, each after three seconds. */
async function slowFirm(cases: number): Promise<World> {
  const world = await smallFirm({ largestPage: 1, latencyMs: 3000 });
  for (let id = 101; id < 100 + cases; id++) world.simulator.edit.create("cases", plainCase(id), { silent: true });
  return world;
}

/** The two firms' bulk work in the one queue that they have in production. */
function shareQueue(one: World, other: World): void {
  other.bulk.waiting = one.bulk.waiting;
}

test("a long import and a short one take turns: the short one ends as if it waited for one turn of the other each time", async () => {
  const long = await slowFirm(60);
  const short = await slowFirm(1);
  shareQueue(long, short);
  const runs = [await start(long, "backfill"), await start(short, "backfill")] as const;
  const turns = { long: 0, short: 0 };
  while ((await runOf(short, runs[1])).state !== "succeeded") {
    const [message] = long.bulk.waiting.splice(0, 1);
    if (!message) throw new Error("the queue ran dry");
    const whose = (message.body as { org: string }).org === long.org ? "long" : "short";
    turns[whose] += 1;
    await consume(whose === "long" ? long.sync : short.sync, batchOf("mycase-sync-bulk", [message]));
    expect(message.verdict).toBe("ack");
  }
  expect(turns.short).toBeGreaterThan(2);
  expect(turns.long).toBeLessThanOrEqual(turns.short);
  const { state, progress } = await runOf(long, runs[0]);
  expect(state).toBe("running");
  expect(progress.done).toBeGreaterThan(0);
});

test.each([
  ["answers 503", { status: 503, headers: { "retry-after": "3600" } }],
  ["answers 429 for an hour", { status: 429, headers: { "retry-after": "3600" } }],
  ["cuts its answers off", { cutOff: true }],
])("a firm whose MyCase %s keeps nobody else's changes waiting, though they come in one batch", async (_, fault) => {
  const troubled = await smallFirm();
  const well = await smallFirm();
  troubled.simulator.faults.add({ path: ".", ...fault });
  for (const world of [troubled, well]) {
    world.simulator.edit.update("cases", world.caseId, { name: "Renamed" }, { silent: true });
    await announce(world, "case", world.caseId);
  }
  const messages = [...troubled.live.waiting, ...well.live.waiting];
  await consume(well.sync, batchOf("mycase-sync-live", messages));
  expect(messages.map(({ verdict }) => verdict)).toEqual(["retry", "ack"]);
  expect(await onlyRow(well, "projects")).toMatchObject({ name: "Renamed" });
  expect(await onlyRow(troubled, "projects")).toMatchObject({ name: "Case 100" });
});
