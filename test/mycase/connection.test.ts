import { abortAllDurableObjects, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { expect, test } from "vitest";
import type { Env } from "../../src/env.ts";
import type { Leases } from "../../src/mycase/connection/leased-permits.ts";
import { MyCaseConnection } from "../../src/mycase/connection/object.ts";
import { announce } from "../support/events.ts";
import { smallFirm } from "../support/firm.ts";
import { createWorld, type World } from "../support/world.ts";

function stubOf(world: World): DurableObjectStub<MyCaseConnection> {
  const { MYCASE_CONNECTION } = world.env;
  return MYCASE_CONNECTION.get(MYCASE_CONNECTION.idFromName(world.org)) as DurableObjectStub<MyCaseConnection>;
}

const requestFor = (orgId: string) => ({
  redirectUri: "http://sync.test/oauth/mycase/callback",
  orgId,
  browser: null,
  confirm: false,
  replaceFirm: false,
});

/** Everything the object has stored, as text. */
function storedText(world: World): Promise<string> {
  return runInDurableObject(stubOf(world), async (_, state) => JSON.stringify([...state.storage.kv.list()]));
}

/** Makes the stored access token expired, as after 24 hours. */
async function expire(world: World): Promise<void> {
  await runInDurableObject(stubOf(world), async (_, state) => {
    const tokens = state.storage.kv.get<{ accessExpiresAt: number }>("tokens");
    if (tokens) state.storage.kv.put("tokens", { ...tokens, accessExpiresAt: Date.now() - 1 });
  });
  world.simulator.tokens.revokeAccessTokens();
}

test("20 jobs at once on an expired token: exactly one refresh, and all go on", async () => {
  const world = await smallFirm();
  await expire(world);
  const calls = world.simulator.tokens.refreshCalls;
  const permits = await Promise.all(Array.from({ length: 20 }, () => world.sync.connection(world.org).permit("live")));
  expect(permits.every((permit) => permit.ok)).toBe(true);
  expect(world.simulator.tokens.refreshCalls - calls).toBe(1);
});

test("a token that MyCase refuses before its time is refreshed once and the read repeated", async () => {
  const world = await smallFirm();
  world.simulator.tokens.revokeAccessTokens();
  world.simulator.edit.update("cases", 100, { name: "After 401" }, { silent: true });
  for (const id of [1, 2]) await announce(world, "client", id);
  await announce(world, "case", 100);
  await world.drain();
  expect((await world.rows("projects"))[0]).toMatchObject({ name: "After 401" });
  expect(world.simulator.tokens.refreshCalls).toBe(1);
});

test("a refresh token that is dead asks for a new grant, and reconnecting goes on", async () => {
  const world = await smallFirm();
  await expire(world);
  world.simulator.tokens.revokeRefreshTokens();
  expect(await world.sync.connection(world.org).permit("live")).toMatchObject({
    ok: false,
    failure: { kind: "reauthorization_required" },
  });
  expect(await world.sync.connection(world.org).status()).toMatchObject({
    state: "reauthorization_required",
    why: expect.stringContaining("invalid_grant"),
  });
  await world.connect();
  await world.drain();
  expect((await world.sync.connection(world.org).status()).state).toBe("connected");
});

test("a refresh that cannot be made leaves the token in use while it lasts, and recovers", async () => {
  const world = await smallFirm();
  world.simulator.faults.add({ path: "^/tokens", status: 503, times: 1 });
  await runDurableObjectAlarm(stubOf(world));
  expect((await world.sync.connection(world.org).status()).state).toBe("refresh_failing");
  expect((await world.sync.connection(world.org).permit("live")).ok).toBe(true);
  await runDurableObjectAlarm(stubOf(world));
  expect(await world.sync.connection(world.org).status()).toMatchObject({ state: "connected", refreshes: 1 });
});

test("MyCase being down is distinguished from a token's trouble and a lost permission", async () => {
  const world = await smallFirm();
  const { faults } = world.simulator;
  const mycase = world.sync.mycase(world.org, "live");
  const state = async () => (await world.sync.connection(world.org).status()).state;
  faults.maintenance = true;
  await mycase.readRecord("case", 100);
  expect(await state()).toBe("connected"); // one record is not an outage
  await mycase.readPage("case", {});
  expect(await state()).toBe("mycase_unavailable");
  faults.maintenance = false;
  await mycase.readRecord("case", 100);
  expect(await state()).toBe("connected");
  faults.lostPermission = "forbidden";
  await mycase.readPage("case", {});
  expect(await state()).toBe("permission_lost");
  faults.lostPermission = null;
  await mycase.readPage("case", {});
  expect(await state()).toBe("connected");
});

test("nothing that is stored shows a token, and tickets rise through an eviction", async () => {
  const world = await smallFirm();
  const { access, refresh } = world.simulator.tokens.state;
  const stored = await storedText(world);
  for (const token of [...Object.keys(access), refresh?.token ?? ""]) expect(stored).not.toContain(token);
  const ticket = async () => {
    const permit = await world.sync.connection(world.org).permit("bulk");
    return permit.ok ? permit.value.ticket : 0;
  };
  const before = await ticket();
  await abortAllDurableObjects();
  expect(await ticket()).toBeGreaterThan(before);
});

test("T8: a state of OAuth is good once, for its org, and a wrong one changes nothing", async () => {
  const world = await createWorld();
  const connection = world.sync.connection(world.org);
  const { authorize_url } = await connection.authorize(requestFor(world.org));
  const nonce = (new URL(authorize_url).searchParams.get("state") ?? "").split(".")[1] ?? "";
  expect(await connection.redeem({ code: "x", nonce: "guessed", browser: null })).toMatchObject({
    ok: false,
    failure: { status: 400 },
  });
  const code = world.simulator.tokens.issueCode("http://sync.test/oauth/mycase/callback");
  expect((await connection.redeem({ code, nonce, browser: null })).ok).toBe(true);
  expect(await connection.redeem({ code, nonce, browser: null })).toMatchObject({
    ok: false,
    failure: { status: 400 },
  });
});

test("with a pace over all orgs set, every request has a permit of it, and a 429 slows all orgs", async () => {
  const world = await smallFirm();
  const leases: string[] = [];
  const pauses: number[] = [];
  const limiter: Leases = {
    async lease(lane, wanted) {
      leases.push(`${lane} ${wanted}`);
      return leases.length > 1 ? { permits: 0, retry_after: 21 } : { permits: wanted, retry_after: null };
    },
    async pause(seconds) {
      pauses.push(seconds);
    },
  };
  const OVERALL_RATE_LIMITER = { idFromName: (name: string) => name, get: () => limiter };
  const env = { ...world.env, MYCASE_REQUESTS_PER_SECOND_OVERALL: "25", OVERALL_RATE_LIMITER } as unknown as Env;
  await runInDurableObject(stubOf(world), async (_, state) => {
    const object = new MyCaseConnection(state, env);
    expect((await object.permit("bulk")).ok).toBe(true);
    await object.reportOutcome({ kind: "throttled", retry_after: 2 });
    const refused = { kind: "rate_limited", retry_after: 21 };
    expect(await object.permit("live")).toMatchObject({ ok: false, failure: refused });
  });
  expect({ leases, pauses }).toEqual({ leases: ["bulk 1", "live 1"], pauses: [2] });
});
