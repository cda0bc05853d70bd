import { expect, test } from "vitest";
import { createFailedAttemptLimiter } from "../../src/platform/attempt-limiter.ts";
import { ask } from "../support/api.ts";
import { smallFirm } from "../support/firm.ts";

test("a hundred wrong guesses in a minute close the door for the rest of it, for that address only", () => {
  let now = 0;
  const limit = createFailedAttemptLimiter(() => now);
  for (let guess = 0; guess < 99; guess++) limit.wrong("203.0.113.7");
  expect(limit.blockedFor("203.0.113.7")).toBeNull();
  limit.wrong("203.0.113.7");
  now = 20_000;
  expect(limit.blockedFor("203.0.113.7")).toBe(40);
  expect(limit.blockedFor("203.0.113.8")).toBeNull();
  expect(limit.blockedFor(null)).toBeNull();
  now = 60_000;
  expect(limit.blockedFor("203.0.113.7")).toBeNull();
});

const from = (address: string) => ({ "cf-connecting-ip": address });

test("too many failed attempts are answered 429 with Retry-After; a subscription in use is not affected", async () => {
  const world = await smallFirm();
  const path = new URL(world.simulator.webhooks.subscriptions[0]?.url ?? "").pathname;
  const event = { key: null, body: { model: "case", id: 100 }, headers: from("203.0.113.9") };
  expect((await ask(world, "POST", path, event)).status).toBe(202);
  const statuses = new Set<number>();
  for (let guess = 0; guess < 101; guess++) {
    const answer = await ask(world, "GET", `/v1/orgs/${world.org}`, {
      key: `mcs_${guess}`,
      headers: from("203.0.113.9"),
    });
    statuses.add(answer.status);
  }
  expect([...statuses]).toEqual([401, 429]);
  const door = await ask(world, "POST", "/webhooks/mycase/guessed", event);
  expect([door.status, door.body.code]).toEqual([429, "too_many_attempts"]);
  expect(Number(door.headers.get("retry-after"))).toBeGreaterThan(0);
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
