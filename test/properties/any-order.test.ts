import fc from "fast-check";
import { expect, test } from "vitest";
import { consume } from "../../src/queue/consume.ts";
import { announce } from "../support/events.ts";
import { plainCase, smallFirm } from "../support/firm.ts";
import { portalRows } from "../support/portal-rows.ts";
import { batchOf } from "../support/queues.ts";
import { leftForBackfill } from "../support/runs.ts";
import type { World } from "../support/world.ts";

test("R62: the same event delivered 50 times ends in the same rows as once, and costs one read", async () => {
  const world = await smallFirm();
  world.simulator.edit.update("cases", 100, { name: "Renamed" });
  await announce(world, "case", 100);
  await world.drain();
  const once = await portalRows(world);
  const ledger = await world.rows("changes");

  world.simulator.log.clear();
  for (let time = 0; time < 50; time++) await announce(world, "case", 100);
  await world.drain();
  expect(await portalRows(world)).toEqual(once);
  expect(await world.rows("changes")).toEqual(ledger);
  expect(world.simulator.log.entries).toHaveLength(1);
});

const edits = fc.array(
  fc.oneof(
    fc.record({
      do: fc.constant("stage" as const),
      id: fc.integer({ min: 100, max: 105 }),
      stage: fc.constantFrom("Intake", "Discovery", "Odd"),
    }),
    fc.record({
      do: fc.constant("client" as const),
      id: fc.constantFrom(1, 2),
      name: fc.constantFrom("Ada", "Eve", "Zoë"),
    }),
    fc.record({ do: fc.constant("group" as const), id: fc.constantFrom(1, 2), group: fc.constantFrom(1, 2) }),
    fc.record({
      do: fc.constant("join" as const),
      id: fc.integer({ min: 100, max: 105 }),
      client: fc.constantFrom(1, 2),
    }),
    fc.record({
      do: fc.constant("leave" as const),
      id: fc.integer({ min: 100, max: 105 }),
      client: fc.constantFrom(1, 2),
    }),
    fc.record({
      do: fc.constant("area" as const),
      id: fc.integer({ min: 100, max: 105 }),
      area: fc.constantFrom("Family Law", "Personal Injury", "Odd"),
    }),
    fc.record({ do: fc.constant("delete" as const), id: fc.integer({ min: 103, max: 105 }) }),
  ),
  { minLength: 3, maxLength: 25 },
);

type EditStep = typeof edits extends fc.Arbitrary<(infer T)[]> ? T : never;

function apply(world: World, step: EditStep): void {
  const { edit, core } = world.simulator;
  if (step.do === "client") edit.update("clients", step.id, { first_name: step.name });
  else if (step.do === "group") edit.update("clients", step.id, { people_group: { id: step.group } });
  else if (!core.firm.cases.has(step.id)) return;
  else if (step.do === "stage") edit.update("cases", step.id, { case_stage: step.stage });
  else if (step.do === "area") edit.update("cases", step.id, { practice_area: step.area });
  else if (step.do === "join") edit.addCaseClient(step.id, step.client);
  else if (step.do === "leave") edit.removeCaseClient(step.id, step.client);
  else edit.remove("cases", step.id);
}

test("R62: events lost into any order, doubled and batched at will, beside each other, leave nothing for a full listing to change", async () => {
  await fc.assert(
    fc.asyncProperty(edits, fc.integer(), async (steps, seed) => {
      const world = await smallFirm();
      for (let id = 101; id <= 105; id++) world.simulator.edit.create("cases", plainCase(id));
      for (const step of steps) apply(world, step);
      const chance = seeded(seed);
      const events = world.simulator.webhooks.outbox.splice(0);
      const doubled = [...events, ...events.filter(() => chance() < 0.4)].sort(() => chance() - 0.5);
      for (const one of doubled) await announce(world, one.model as "case", one.id, one.action);
      // Several consumers at once, each with a batch of its own.
      const batches = [];
      while (world.live.waiting.length > 0) batches.push(world.live.waiting.splice(0, 1 + Math.floor(chance() * 6)));
      await Promise.all(batches.map((messages) => consume(world.sync, batchOf("live", messages))));
      world.live.waiting.push(...batches.flat().filter((message) => message.verdict === "retry"));
      for (const message of world.live.waiting) message.verdict = "none";
      await world.drain();
      expect(await world.rows("dead_letters")).toEqual([]);
      expect(await leftForBackfill(world)).toEqual([]);
    }),
    { numRuns: 12 },
  );
});

test("200 events in random order about 40 cases end in the rows that a first import makes", async () => {
  const now = () => Date.parse("2026-06-01T12:00:00Z");
  const build = async () => {
    const world = await smallFirm({ now });
    for (let id = 101; id < 140; id++)
      world.simulator.edit.create("cases", plainCase(id, { case_stage: id % 2 ? "Intake" : "Discovery" }), {
        silent: true,
      });
    return world;
  };
  const [byEvents, byImport] = [await build(), await build()];
  const chance = seeded(7);
  const ids = Array.from({ length: 200 }, (_, index) => 100 + (index % 40)).sort(() => chance() - 0.5);
  for (const id of ids) await announce(byEvents, "case", id);
  await byEvents.drain();
  await leftForBackfill(byImport);
  expect(await portalRows(byEvents)).toEqual(await portalRows(byImport));
});

function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
