import { expect, test } from "vitest";
import { scopeOf } from "../../src/domain/scope.ts";
import { createServices } from "../../src/services.ts";
import { currentConfig, orgConfig } from "../../src/sync/org-config.ts";
import { ask } from "../support/api.ts";
import { smallFirm } from "../support/firm.ts";
import type { World } from "../support/world.ts";

/** The services of another isolate: the same database, a memory of its own. */
const otherIsolate = ({ env, services }: World) => createServices(env, services.config);

/** Deletes the org and makes one under the same id, whose configuration has this version. */
async function makeAnew(world: World, configVersion: number): Promise<void> {
  const { org, env } = world;
  expect((await ask(world, "DELETE", `/v1/orgs/${org}`)).status).toBe(204);
  const body = { id: org, name: "Another firm", timezone: "UTC" };
  expect((await ask(world, "POST", "/v1/orgs", { body })).status).toBe(201);
  await env.DB.prepare("UPDATE orgs SET clock = ?2, config_version = ?2 WHERE id = ?1").bind(org, configVersion).run();
}

test.each([
  ["equal", (version: number) => version],
  ["lower", (version: number) => version - 1],
])("E1: an org created again with an %s version has nothing of the deleted one's configuration", async (_, next) => {
  const world = await smallFirm();
  const { sync } = otherIsolate(world);
  const before = await currentConfig(sync, world.org);
  expect(before?.config.mapping).not.toBeNull();

  await makeAnew(world, next(before?.config_version ?? 0));
  const { org } = await sync.store.load(world.org, scopeOf("case", [100]));
  if (!org) throw new Error("no org");
  const after = await orgConfig(sync.configs, world.org, org);
  expect(after?.config.mapping).toBeNull();
  expect(after?.config.groups.size).toBe(0);
});

test("E1: what was derived for the deleted org is not committed for the new one, whatever their versions", async () => {
  const world = await smallFirm();
  const { store } = world.sync;
  const { org } = await store.load(world.org, scopeOf("case", [100]));
  if (!org) throw new Error("no org");
  await makeAnew(world, org.config_version);
  const plan = {
    projects: [],
    leads: [],
    contacts: [],
    team_members: [],
    contact_links: { upsert: [], remove: [] },
    team_links: { upsert: [], remove: [] },
    relinked: [],
    ledger: [],
  };
  const committed = await store.commit(world.org, {
    plan,
    readSet: { ...org, cases: [], clients: [], staff: [], leads: [] },
    metadata: new Map(),
    touched: [],
    outcomes: [{ case_id: 100, bucket: "project", code: "ok" }],
    holds: [],
    released: [],
    trigger: "nightly",
    job: null,
    at: "2026-01-01T00:00:00.000Z",
  });
  expect(committed).toEqual({ conflict: true });
  expect(await world.rows("case_outcomes")).toEqual([]);
});

test("Only what a derivation reads raises the version of the configuration, and only when it changes", async () => {
  const world = await smallFirm();
  const base = `/v1/orgs/${world.org}`;
  const version = async () => (await currentConfig(world.sync, world.org))?.config_version ?? 0;
  const raised = async (change: () => Promise<unknown>) => {
    const before = await version();
    await change();
    await world.drain();
    return (await version()) > before;
  };
  const patch = (body: object) => () => ask(world, "PATCH", base, { body });
  const renamed = (list: "case_stages" | "people_groups") => async () => {
    world.simulator.edit.update(list, 1, { name: "Renamed" });
    await ask(world, "POST", `${base}/runs`, { body: { kind: "nightly" } });
  };
  expect(await raised(patch({ name: "New name", timezone: "Europe/Berlin" }))).toBe(false);
  expect(await raised(patch({ default_country: "US" }))).toBe(false);
  expect(await raised(patch({ default_country: "DE" }))).toBe(true);
  expect(await raised(renamed("case_stages"))).toBe(false);
  expect(await raised(renamed("people_groups"))).toBe(true);
});
