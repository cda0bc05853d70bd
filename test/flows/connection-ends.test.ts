import { runInDurableObject } from "cloudflare:test";
import { expect, test } from "vitest";
import { tick } from "../../src/cron/tick.ts";
import { ensureSubscriptions } from "../../src/sync/webhooks/subscriptions.ts";
import { ask } from "../support/api.ts";
import { smallFirm } from "../support/firm.ts";
import { createWorld, type World } from "../support/world.ts";

const stubOf = ({ env, org }: World) => env.MYCASE_CONNECTION.get(env.MYCASE_CONNECTION.idFromName(org));
const stateOf = async (world: World) => (await world.sync.connection(world.org).status()).state;

/** Ends something exactly while MyCase works on a request. */
function during(world: World, wanted: (request: Request) => boolean, act: () => Promise<unknown>): void {
  const { handle } = world.simulator;
  let acted: Promise<unknown> | null = null;
  world.simulator.handle = async (request) => {
    const response = await handle(request);
    if (acted === null && wanted(request)) {
      acted = act();
      await scheduler.wait(20);
    }
    return response;
  };
  endings.push(() => acted);
}
const endings: (() => Promise<unknown> | null)[] = [];
const whenEnded = () => Promise.all(endings.map((ending) => ending()));

test.each(["", "/connection"])(
  "DELETE of an org%s while subscriptions are made leaves none at MyCase",
  async (what) => {
    const world = await smallFirm();
    world.simulator.webhooks.subscriptions = [];
    const isCreation = ({ method, url }: Request) => method === "POST" && url.endsWith("/webhooks/subscriptions");
    during(world, isCreation, () => ask(world, "DELETE", `/v1/orgs/${world.org}${what}`));
    await ensureSubscriptions(world.sync, world.org);
    await whenEnded();
    await world.drain();
    expect(world.simulator.webhooks.subscriptions).toEqual([]);
    expect(await world.rows("subscriptions")).toEqual([]);
    expect(await stateOf(world)).toBe("not_connected");
  },
);

test.each(["", "/connection"])("DELETE of an org%s while a grant is finished stores no token", async (what) => {
  const world = await createWorld();
  const isExchange = ({ method, url }: Request) => method === "POST" && url.endsWith("/tokens");
  during(world, isExchange, () => ask(world, "DELETE", `/v1/orgs/${world.org}${what}`));
  await expect(world.connect()).rejects.toThrow("refused");
  await whenEnded();
  const stored = await runInDurableObject(stubOf(world), (_, state) =>
    [...state.storage.kv.list()].map(([key]) => key),
  );
  expect(stored).not.toContain("tokens");
  expect(await stateOf(world)).toBe("not_connected");
  expect(world.simulator.webhooks.subscriptions).toEqual([]);
});

test("a connection that the database does not know is found by the tick, subscribed and imported", async () => {
  const world = await smallFirm();
  await world.env.DB.prepare("UPDATE orgs SET connected_at = NULL, origin = NULL WHERE id = ?").bind(world.org).run();
  await world.env.DB.prepare("DELETE FROM runs WHERE org_id = ?").bind(world.org).run();
  for (let round = 0; round < 20 && (await world.rows("runs")).length === 0; round++)
    await tick(world.sync, "*/5 * * * *");
  await world.drain();
  expect((await world.rows("runs")).map(({ kind, state }) => `${kind} ${state}`)).toContain("backfill succeeded");
  const [org] = (await world.env.DB.prepare("SELECT * FROM orgs WHERE id = ?").bind(world.org).all()).results;
  expect(org).toMatchObject({ connected_at: expect.any(String), origin: "http://sync.test" });
});

test("a subscription whose creation was interrupted is replaced, not adopted", async () => {
  const world = await smallFirm();
  const [half] = await world.rows("subscriptions");
  await world.env.DB.prepare("UPDATE subscriptions SET mycase_id = '', hmac_key = NULL WHERE key_hash = ?")
    .bind(half?.key_hash)
    .run();
  expect(await ensureSubscriptions(world.sync, world.org)).toMatchObject({ ok: true });
  const active = (await world.rows("subscriptions")).filter(({ state }) => state === "active");
  expect(active.map(({ model }) => model).sort()).toEqual(["case", "client", "company", "lead"]);
  for (const row of active)
    expect(row).toMatchObject({ mycase_id: expect.stringMatching(/./), hmac_key: expect.any(String) });
  expect(world.simulator.webhooks.subscriptions.map(({ id }) => id).sort()).toEqual(
    active.map(({ mycase_id }) => mycase_id).sort(),
  );
});

test("a subscription that MyCase did not cancel is admitted no more, and cancelled once the org is connected again", async () => {
  const world = await smallFirm();
  const orphans = world.simulator.webhooks.subscriptions.map(({ id }) => id);
  world.simulator.faults.add({ path: "^/v1/webhooks", status: 503, times: 4 });
  await ask(world, "DELETE", `/v1/orgs/${world.org}/connection`);
  expect((await world.rows("subscriptions")).map(({ state }) => state)).toEqual(Array(4).fill("to_cancel"));
  expect(world.simulator.webhooks.subscriptions).toHaveLength(4);
  const key = new URL(world.simulator.webhooks.subscriptions[0]?.url ?? "").pathname.split("/").at(-1) ?? "";
  expect(await world.services.knownSubscriptions.find(key)).toEqual({ kind: "gone" });

  await world.connect();
  await world.drain();
  const ids = world.simulator.webhooks.subscriptions.map(({ id }) => id);
  expect(ids).toHaveLength(4);
  for (const id of orphans) expect(ids).not.toContain(id);
});
