import { abortAllDurableObjects, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { expect, test } from "vitest";
import { MyCaseConnection } from "../../src/mycase/connection/object.ts";
import { ask } from "../support/api.ts";
import { announce } from "../support/events.ts";
import { plainCase, smallFirm } from "../support/firm.ts";
import { MAPPING, type World } from "../support/world.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

function stubOf({ env, org }: World): DurableObjectStub<MyCaseConnection> {
  return env.MYCASE_CONNECTION.get(env.MYCASE_CONNECTION.idFromName(org)) as DurableObjectStub<MyCaseConnection>;
}

/** Moves the stored expiries, as if so much time had passed. */
async function age(world: World, ms: number): Promise<void> {
  await runInDurableObject(stubOf(world), async (_, state) => {
    type Tokens = { accessExpiresAt: number; refreshExpiresAt: number };
    const tokens = state.storage.kv.get<Tokens>("tokens");
    if (!tokens) throw new Error("no tokens");
    const { accessExpiresAt, refreshExpiresAt } = tokens;
    state.storage.kv.put("tokens", {
      ...tokens,
      accessExpiresAt: accessExpiresAt - ms,
      refreshExpiresAt: refreshExpiresAt - ms,
    });
  });
}

const report = async (world: World) => (await ask(world, "GET", `/v1/orgs/${world.org}/connection`)).body;

async function run(world: World, kind: string) {
  const { body } = await ask(world, "POST", `/v1/orgs/${world.org}/runs`, { body: { kind } });
  await world.drain();
  return (await ask(world, "GET", `/v1/orgs/${world.org}/runs/${body.run.id}`)).body;
}

test("a refresh whose answer was lost is reported: what to do, and since when", async () => {
  const world = await smallFirm();
  world.simulator.faults.loseRefreshAnswer();
  await runDurableObjectAlarm(stubOf(world));
  expect(await report(world)).toMatchObject({ state: "refresh_failing", cause: "token_endpoint_unavailable" });
  await age(world, DAY_MS);
  await runDurableObjectAlarm(stubOf(world));
  const { state, cause, why, since } = await report(world);
  expect({ state, cause }).toEqual({ state: "reauthorization_required", cause: "refresh_answer_lost" });
  expect(why).toContain("lost on the way");
  expect(Date.now() - Date.parse(since)).toBeLessThan(60_000);
});

test("a refresh token that outlived its two weeks, and one that was revoked, each have their own cause", async () => {
  const world = await smallFirm();
  await age(world, 15 * DAY_MS);
  world.simulator.tokens.revokeAccessTokens();
  world.simulator.tokens.revokeRefreshTokens();
  await runDurableObjectAlarm(stubOf(world));
  expect(await report(world)).toMatchObject({ state: "reauthorization_required", cause: "refresh_token_expired" });

  await world.connect();
  await world.drain();
  expect(await report(world)).toMatchObject({ state: "connected", cause: null, why: null });
  world.simulator.tokens.revokeRefreshTokens();
  await age(world, DAY_MS);
  await runDurableObjectAlarm(stubOf(world));
  expect(await report(world)).toMatchObject({ state: "reauthorization_required", cause: "refresh_token_refused" });
});

test("a refresh that fails stays failing while the old token still works, and is made again by itself", async () => {
  const world = await smallFirm();
  world.simulator.faults.add({ path: "^/tokens", status: 503, times: 1 });
  await runDurableObjectAlarm(stubOf(world));
  expect((await world.sync.connection(world.org).permit("live")).ok).toBe(true);
  expect(await report(world)).toMatchObject({ state: "refresh_failing" });
  const alarm = await runInDurableObject(stubOf(world), (_, state) => state.storage.getAlarm());
  expect((alarm ?? 0) - Date.now()).toBeLessThan(6 * 60_000);
  await runDurableObjectAlarm(stubOf(world));
  expect(await report(world)).toMatchObject({ state: "connected", refreshes: 1 });
});

test("an idle org's tokens are renewed hours before the access token ends, and so long before the two weeks are over", async () => {
  const world = await smallFirm();
  const planned = await runInDurableObject(stubOf(world), (_, state) => state.storage.getAlarm());
  const { token_expires_at, refresh_expires_at } = await report(world);
  expect(Date.parse(token_expires_at) - (planned ?? 0)).toBeGreaterThanOrEqual(2 * 60 * 60 * 1000 - 1000);
  for (let day = 0; day < 20; day++) {
    await age(world, DAY_MS);
    await runDurableObjectAlarm(stubOf(world));
  }
  expect(await report(world)).toMatchObject({ state: "connected", refreshes: 20 });
  expect(Date.parse((await report(world)).refresh_expires_at)).toBeGreaterThanOrEqual(Date.parse(refresh_expires_at));
});

test("a refresh that is refused ends nothing while the access token still works; a person is called for at once", async () => {
  const world = await smallFirm();
  const health = async () => (await ask(world, "GET", `/v1/orgs/${world.org}/health`)).body;
  world.simulator.tokens.revokeRefreshTokens();
  await runDurableObjectAlarm(stubOf(world));
  expect(await report(world)).toMatchObject({ state: "refresh_failing", cause: "refresh_token_refused" });
  expect((await health()).alarms).toMatchObject([
    { code: "refresh_failing", severity: "critical", fix: expect.stringContaining("Connect again") },
  ]);
  expect(await run(world, "poll")).toMatchObject({ state: "succeeded" });
  world.simulator.tokens.revokeAccessTokens();
  await ask(world, "GET", `/v1/orgs/${world.org}/coverage`);
  expect(await report(world)).toMatchObject({ state: "reauthorization_required", cause: "refresh_token_refused" });
});

test("a refresh that was in flight when the worker was deployed is an answer lost, not a refusal", async () => {
  const world = await smallFirm();
  world.simulator.faults.loseRefreshAnswer();
  world.simulator.faults.add({ path: "^/tokens", latencyMs: 60_000, times: 1 });
  const inFlight = runInDurableObject(stubOf(world), (object) => object.alarm());
  await scheduler.wait(50);
  await abortAllDurableObjects();
  await expect(inFlight).rejects.toThrow();
  world.simulator.tokens.revokeRefreshTokens(); // MyCase took it, and rotated the tokens
  await age(world, DAY_MS);
  await runInDurableObject(stubOf(world), (object) => object.alarm());
  expect(await report(world)).toMatchObject({ state: "reauthorization_required", cause: "refresh_answer_lost" });
});

test("the refresh alarm outlives a configuration that cannot be used, and the worker's own refreshes plan the next", async () => {
  const world = await smallFirm();
  const planned = () => runInDurableObject(stubOf(world), (_, state) => state.storage.getAlarm());
  await runInDurableObject(stubOf(world), async (_, state) => {
    await state.storage.deleteAlarm(); // as after it has fired
    const misconfigured = new MyCaseConnection(state, { ...world.env, ENCRYPTION_KEY: "a typo" });
    await misconfigured.alarm();
  });
  expect((await planned()) ?? 0).toBeGreaterThan(Date.now());

  await runInDurableObject(stubOf(world), (_, state) => state.storage.deleteAlarm());
  await age(world, DAY_MS);
  expect((await world.sync.connection(world.org).permit("live")).ok).toBe(true);
  expect((await planned()) ?? 0).toBeGreaterThan(Date.now() + 20 * 60 * 60 * 1000);

  await runInDurableObject(stubOf(world), (_, state) => state.storage.deleteAlarm());
  await abortAllDurableObjects();
  expect((await world.sync.connection(world.org).permit("live")).ok).toBe(true);
  expect((await planned()) ?? 0).toBeGreaterThan(Date.now());
});

test.each([[0], [-5], ["soon"], [undefined], [1e12]])(
  "an access token said to live for %s seconds is used for a plausible time",
  async (expiresIn) => {
    const world = await smallFirm();
    world.simulator.faults.add({
      path: "^/tokens",
      times: 1,
      body: JSON.stringify({ ...world.simulator.tokens.issue(), token_type: "bearer", expires_in: expiresIn }),
    });
    await runDurableObjectAlarm(stubOf(world));
    const { state, refreshes, token_expires_at } = await report(world);
    expect({ state, refreshes }).toEqual({ state: "connected", refreshes: 1 });
    const livesMs = Date.parse(token_expires_at) - Date.now();
    expect(livesMs).toBeGreaterThan(60_000);
    expect(livesMs).toBeLessThanOrEqual(7 * DAY_MS);
    const calls = world.simulator.tokens.refreshCalls;
    for (let read = 0; read < 3; read++) await world.sync.mycase(world.org, "live").readRecord("case", 100);
    expect(world.simulator.tokens.refreshCalls).toBe(calls);
  },
);

/** A firm of 21 cases, all imported, of which the user who granted access suddenly sees only some. */
async function seesFewerCases(): Promise<World> {
  const world = await smallFirm();
  for (let id = 101; id <= 120; id++) world.simulator.edit.create("cases", plainCase(id), { silent: true });
  await run(world, "nightly");
  for (let id = 105; id <= 120; id++) world.simulator.faults.hideCase(id, 404);
  return world;
}

const live = async (world: World) => (await world.rows("projects")).filter((row) => row.deleted_at === null).length;

test.each(["poll", "nightly"])(
  "D5: when the visible cases collapse, a %s calls it a lost permission and deletes nothing",
  async (kind) => {
    const world = await seesFewerCases();
    const ended = await run(world, kind);
    const complete = { state: "held", reason: "visibility_reduced", diff: null };
    expect(ended).toMatchObject(kind === "poll" ? { state: "failed", errors: [{ code: "forbidden" }] } : complete);
    expect(await report(world)).toMatchObject({
      state: "permission_lost",
      cause: "visibility_reduced",
      why: expect.stringContaining("5 of 21"),
    });
    expect(await live(world)).toBe(21);
    expect((await ask(world, "GET", `/v1/orgs/${world.org}/dead-letters`)).body.data).toEqual([]);

    for (let id = 105; id <= 120; id++) world.simulator.faults.hideCase(id, null);
    expect(await run(world, kind)).toMatchObject({ state: "succeeded" });
    expect(await report(world)).toMatchObject({ state: "connected", cause: null });
    if (kind === "nightly") expect((await runNow(world, ended.id)).state).toBe("cancelled");
  },
);

const runNow = async (world: World, id: string) => (await ask(world, "GET", `/v1/orgs/${world.org}/runs/${id}`)).body;

test("D5: cancelling a listing with far fewer cases ends the lost permission and deletes nothing", async () => {
  const world = await seesFewerCases();
  const { id } = await run(world, "nightly");
  expect((await ask(world, "POST", `/v1/orgs/${world.org}/runs/${id}/cancel`)).body.state).toBe("cancelled");
  expect(await report(world)).toMatchObject({ state: "connected", cause: null });
  expect(await live(world)).toBe(21);
});

test("D5: approving it means that the firm has so few: each missing case is asked for, and a 404 deletes", async () => {
  const world = await seesFewerCases();
  const guarded = { ...MAPPING, blast_guard: { max_share: 0.2, min_projects: 5 } };
  await ask(world, "PUT", `/v1/orgs/${world.org}/mapping`, { body: guarded });
  world.simulator.faults.hideCase(105, 403);
  const { id } = await run(world, "nightly");
  await ask(world, "POST", `/v1/orgs/${world.org}/runs/${id}/approve`);
  await world.drain();
  expect((await runNow(world, id)).state).toBe("succeeded");
  expect(await live(world)).toBe(6); // the five that are listed, and the one that MyCase refuses
  expect(await report(world)).toMatchObject({ state: "connected" });
});

test("cases whose deletion webhooks announced and a 404 proved are not a lost permission, however many", async () => {
  const world = await seesFewerCases();
  for (let id = 105; id <= 120; id++) world.simulator.edit.remove("cases", id, { silent: true });
  for (let id = 105; id <= 120; id++) await announce(world, "case", id, "deleted");
  await world.drain();
  expect(await run(world, "poll")).toMatchObject({ state: "succeeded" });
  expect(await report(world)).toMatchObject({ state: "connected" });
});

test("D5: once a person has granted access again the few cases are believed; the guard still asks before they go", async () => {
  const world = await seesFewerCases();
  await run(world, "poll");
  for (const id of world.simulator.faults.hiddenCases.keys())
    world.simulator.edit.remove("cases", id, { silent: true });
  const { blast_guard: _, ...mapping } = (await ask(world, "GET", `/v1/orgs/${world.org}/mapping`)).body;
  const guarded = { ...mapping, blast_guard: { max_share: 0.2, min_projects: 5 } };
  await ask(world, "PUT", `/v1/orgs/${world.org}/mapping`, { body: guarded });
  await world.drain();
  await world.connect();
  await world.drain();
  const [last] = (await ask(world, "GET", `/v1/orgs/${world.org}/runs`)).body.data.filter(
    (row: { kind: string }) => row.kind === "backfill",
  );
  expect(last.state).toBe("held");
  expect(await live(world)).toBe(21);
  await ask(world, "POST", `/v1/orgs/${world.org}/runs/${last.id}/approve`);
  await world.drain();
  expect(await live(world)).toBe(5);
  expect(await report(world)).toMatchObject({ state: "connected" });
});

test("work that waits for a new grant goes on at once when it is given, and nothing has been lost", async () => {
  const world = await smallFirm();
  await ask(world, "POST", `/v1/orgs/${world.org}/runs`, { body: { kind: "poll" } });
  world.simulator.tokens.revokeAccessTokens();
  world.simulator.tokens.revokeRefreshTokens();
  const { consume } = await import("../../src/queue/consume.ts");
  const { batchOf } = await import("../support/queues.ts");
  const waiting = world.live.waiting.splice(0);
  await consume(world.sync, batchOf("live", waiting));
  expect(waiting.map((message) => message.verdict)).toEqual(["retry"]);
  world.simulator.edit.update("cases", 100, { name: "Changed meanwhile" }, { silent: true });
  await world.connect();
  await world.drain();
  const runs = (await world.rows("runs")).map((row) => `${row.kind} ${row.state}`);
  expect(runs).toContain("poll succeeded");
  expect((await world.rows("projects"))[0]).toMatchObject({ name: "Changed meanwhile" });
});

const DOWN = { kind: "unavailable", detail: "MyCase answers 503", listing: true } as const;

test("an outage hides neither a permission that is lost nor tokens that cannot be renewed", async () => {
  const world = await seesFewerCases();
  await run(world, "poll");
  const connection = world.sync.connection(world.org);
  await connection.reportOutcome(DOWN);
  await connection.reportOutcome({ kind: "answered", listing: true });
  expect(await report(world)).toMatchObject({ state: "permission_lost", cause: "visibility_reduced" });

  const failing = await smallFirm();
  failing.simulator.faults.add({ path: "^/tokens", status: 503, times: 1 });
  await runDurableObjectAlarm(stubOf(failing));
  await failing.sync.connection(failing.org).reportOutcome(DOWN);
  expect(await report(failing)).toMatchObject({ state: "refresh_failing" });
});

test("answers that were still on their way change nothing once the connection is gone or refused", async () => {
  const world = await smallFirm();
  const connection = world.sync.connection(world.org);
  const late = async () => {
    await connection.reportOutcome(DOWN);
    await connection.reportOutcome({ kind: "forbidden" });
    await connection.reportOutcome({ kind: "answered", listing: true });
    return [await connection.acceptCaseCount(0, 100), (await report(world)).state];
  };
  world.simulator.tokens.revokeRefreshTokens();
  await age(world, DAY_MS);
  await runDurableObjectAlarm(stubOf(world));
  expect(await late()).toEqual([false, "reauthorization_required"]);
  await ask(world, "DELETE", `/v1/orgs/${world.org}/connection`);
  expect(await late()).toEqual([false, "not_connected"]);
});
