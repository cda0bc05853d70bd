import { expect, test } from "vitest";
import type { LoadedFacts } from "../../src/db/facts/typed-facts.ts";
import { derive } from "../../src/mapping/derive/derive.ts";
import { plan } from "../../src/mapping/plan/plan.ts";
import { commitInput, writesNothing } from "../../src/sync/commit-input.ts";
import { loadFacts } from "./support/firm.ts";
import { caseRecord, deleted } from "./support/records.ts";
import { World } from "./support/world.ts";

const VERSION = { config_version: 5, epoch: null };
const UPDATED_AT = "2026-02-01T00:00:00Z";

/** A case with a client and a member of staff whom nobody has read yet; everything else is synced. */
function syncedWorld(): World {
  const staff = [{ id: 3, lead_lawyer: false, originating_lawyer: false }];
  const world = new World().withClient(4).withCase(1, { updated_at: UPDATED_AT, clients: [{ id: 4 }], staff });
  world.sync();
  return world;
}

function inputOf(world: World, stored: Partial<LoadedFacts> = {}) {
  const facts = loadFacts(world.firm, world.tables);
  const outcome = derive(facts);
  const loaded: LoadedFacts = {
    org: { clock: 7, ...VERSION },
    facts,
    metadata: new Map([[1, { mapping_version: 1, mycase_updated_at: UPDATED_AT }]]),
    outcomes: new Map(outcome.cases.map(({ case_id, bucket, code }) => [case_id, { bucket, code }])),
    held: new Set(),
    clientsAsSent: new Map(),
    casesReadAt: new Map(),
    ...stored,
  };
  return commitInput({
    loaded,
    version: VERSION,
    facts,
    outcome,
    plan: plan(facts, outcome),
    held: new Set(),
    holds: [],
  });
}

test("a derivation that changes nothing writes nothing, and depends on everybody its cases name", () => {
  const input = inputOf(syncedWorld());
  expect(writesNothing(input)).toBe(true);
  expect(input.readSet).toEqual({ clock: 7, ...VERSION, cases: [1], clients: [4], staff: [3], leads: [] });
});

test("a project whose row stays is touched when its mapping or its record's date is another", () => {
  const world = syncedWorld();
  for (const metadata of [
    { mapping_version: 0, mycase_updated_at: UPDATED_AT },
    { mapping_version: 1, mycase_updated_at: null },
  ]) {
    const input = inputOf(world, { metadata: new Map([[1, metadata]]) });
    expect(input.touched).toEqual([1]);
    expect(writesNothing(input)).toBe(false);
  }
});

test("a project whose row changes is written with it, not touched besides", () => {
  const world = syncedWorld().withCase(1, { name: "Renamed", updated_at: UPDATED_AT });
  const input = inputOf(world, { metadata: new Map([[1, { mapping_version: 0, mycase_updated_at: null }]]) });
  expect(input.plan.projects).toMatchObject([{ case_id: 1, name: "Renamed" }]);
  expect(input.touched).toEqual([]);
});

test("a case that MyCase no longer returns keeps the mapping and the date that its project names", () => {
  const world = syncedWorld();
  world.firm.cases.set(1, deleted(caseRecord(1, { updated_at: UPDATED_AT, clients: [{ id: 4 }] })));
  const previous = { mapping_version: 0, mycase_updated_at: "2025-12-31T00:00:00Z" };
  const input = inputOf(world, { metadata: new Map([[1, previous]]) });
  expect(input.metadata.get(1)).toEqual(previous);
  expect(input.touched).toEqual([]);
});

test("an outcome is stored when its bucket or its code is another, and never for an id that was never seen", () => {
  const world = syncedWorld();
  world.firm.cases.set(2, null);
  expect(inputOf(world).outcomes).toEqual([]);
  expect(inputOf(world, { outcomes: new Map() }).outcomes).toEqual([{ case_id: 1, bucket: "project", code: "ok" }]);
  const other = new Map([[1, { bucket: "project", code: "case_not_found" }]]);
  expect(inputOf(world, { outcomes: other }).outcomes).toEqual([{ case_id: 1, bucket: "project", code: "ok" }]);
});
