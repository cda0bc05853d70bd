import { createHash, randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { createFailedAttemptLimiter, networkOf } from "../../src/platform/attempt-limiter.ts";
import { ask, keyFor } from "../support/api.ts";
import { smallFirm } from "../support/firm.ts";
import { statementsOf } from "../support/statements.ts";

test("a hundred failed attempts in a minute block that address, and no other, for the rest of it", async () => {
  let now = 0;
  const limit = createFailedAttemptLimiter(() => now);
  for (let attempt = 0; attempt < 99; attempt++) await limit.record("203.0.113.7");
  expect(limit.blockedFor("203.0.113.7")).toBeNull();
  await limit.record("203.0.113.7");
  now = 20_000;
  expect(limit.blockedFor("203.0.113.7")).toBe(40);
  expect(limit.blockedFor("203.0.113.8")).toBeNull();
  expect(limit.blockedFor(null)).toBeNull();
  now = 60_000;
  expect(limit.blockedFor("203.0.113.7")).toBeNull();
});

test("memory holds the newest addresses: a flood of new ones does not lift the block of another that goes on trying", async () => {
  const limit = createFailedAttemptLimiter(() => 0);
  const persistent = "203.0.113.7";
  for (let attempt = 0; attempt < 100; attempt++) await limit.record(persistent);
  for (let n = 0; n < 10_000; n++) {
    await limit.record(`198.51.${n >> 8}.${n & 255}`);
    if (n === 5_000) await limit.record(persistent);
  }
  expect(limit.blockedFor(persistent)).toBe(60);
  expect(limit.blockedFor("198.51.0.1")).toBeNull();
});

test("the addresses of one IPv6 /64 count as one", async () => {
  const limit = createFailedAttemptLimiter(() => 0);
  for (let n = 0; n < 100; n++) await limit.record(`2001:db8:1:2::${n.toString(16)}`);
  expect(limit.blockedFor("2001:0db8:0001:0002:ffff::1")).toBe(60);
  expect(limit.blockedFor("2001:db8:1:3::1")).toBeNull();
  expect([networkOf("::1"), networkOf("2001:db8::1"), networkOf("::ffff:192.0.2.1")]).toEqual([
    "0:0:0:0::/64",
    "2001:db8:0:0::/64",
    "192.0.2.1",
  ]);
});

test("where a shared limit is bound, its refusal blocks the address here too", async () => {
  const keys: string[] = [];
  const limit = createFailedAttemptLimiter(() => 0, {
    limit: async ({ key }) => {
      keys.push(key);
      return { success: keys.length < 3 };
    },
  });
  for (let attempt = 0; attempt < 2; attempt++) await limit.record("203.0.113.7");
  expect(limit.blockedFor("203.0.113.7")).toBeNull();
  await limit.record("203.0.113.7");
  expect([limit.blockedFor("203.0.113.7"), new Set(keys)]).toEqual([60, new Set(["203.0.113.7"])]);
});

test("a key with a wrong checksum costs no look-up; a key of the older form still works", async () => {
  const world = await smallFirm();
  const [key, older] = [await keyFor(world, "read"), `mcs_${randomBytes(32).toString("base64url")}`];
  const hash = createHash("sha256").update(older).digest("hex");
  const created_at = new Date().toISOString();
  await world.services.apiKeys.add({ id: "older", org: world.org, name: "older", scopes: ["read"], created_at }, hash);
  const path = `/v1/orgs/${world.org}`;
  expect((await ask(world, "GET", path, { key })).status).toBe(200);
  expect((await ask(world, "GET", path, { key: older })).status).toBe(200);
  const wrong = key.slice(0, -1) + (key.endsWith("A") ? "B" : "A");
  const statements = await statementsOf(world, async () => {
    for (const refused of [wrong, `${key}x`, "mcs_short", "other"]) {
      expect((await ask(world, "GET", path, { key: refused })).status).toBe(401);
    }
  });
  expect(statements).toBe(0);
});

const from = (address: string) => ({ "cf-connecting-ip": address });

test("too many failed attempts are answered 429 with Retry-After; webhooks from there are not affected", async () => {
  const world = await smallFirm();
  const path = new URL(world.simulator.webhooks.subscriptions[0]?.url ?? "").pathname;
  const event = { key: null, body: { model: "case", id: 100 }, headers: from("203.0.113.9") };
  expect((await ask(world, "POST", path, event)).status).toBe(202);
  const statuses = new Set<number>();
  for (let attempt = 0; attempt < 101; attempt++) {
    const answer = await ask(world, "GET", `/v1/orgs/${world.org}`, {
      key: `mcs_${attempt}`,
      headers: from("203.0.113.9"),
    });
    statuses.add(answer.status);
  }
  expect([...statuses]).toEqual([401, 429]);
  const answer = await ask(world, "GET", `/v1/orgs/${world.org}`, { headers: from("203.0.113.9") });
  expect([answer.status, answer.body.code]).toEqual([429, "too_many_attempts"]);
  expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
  expect((await ask(world, "POST", path, event)).status).toBe(202);
  expect((await ask(world, "GET", `/v1/orgs/${world.org}`, { headers: from("203.0.113.10") })).status).toBe(200);
});

test("a grant that was begun in a browser can be finished by that browser only", async () => {
  const world = await smallFirm();
  const login = await ask(world, "POST", "/console/login", {
    key: null,
    body: "key=admin-key-for-tests",
    headers: { "content-type": "application/x-www-form-urlencoded", origin: "http://sync.test" },
  });
  const session = (login.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
  const page = await ask(world, "POST", `/console/orgs/${world.org}/connect`, {
    key: null,
    headers: { cookie: session, origin: "http://sync.test", "content-type": "application/x-www-form-urlencoded" },
  });
  const grant = page.headers.get("set-cookie") ?? "";
  expect(grant).toMatch(/^mcs_grant=[\w-]{43}; .*Path=\/oauth\/mycase\/callback; HttpOnly; SameSite=Lax/);
  const url = /href="(http:\/\/mycase\.test[^"]*)"/.exec(page.body)?.[1]?.replaceAll("&amp;", "&") ?? "";
  const back = new URL((await world.simulator.handle(new Request(url))).headers.get("location") ?? "");
  const callback = `${back.pathname}${back.search}`;
  expect((await ask(world, "GET", callback, { key: null })).status).toBe(400);
  const stolen = await ask(world, "GET", callback, { key: null, headers: { cookie: "mcs_grant=another" } });
  expect(stolen.status).toBe(400);
  const own = await ask(world, "GET", callback, { key: null, headers: { cookie: grant.split(";")[0] ?? "" } });
  expect(own.status).toBe(302);
});
