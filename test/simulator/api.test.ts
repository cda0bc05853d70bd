import LinkHeader from "http-link-header";
import { describe, expect, test } from "vitest";
import { createSimulator } from "../../simulator/simulator.ts";
import { HOST, signIn, token } from "./client.ts";

const quiet = { delivery: "manual" as const, requestsPerSecond: Number.POSITIVE_INFINITY };

describe("OAuth", () => {
  test("a code is good once; refreshing rotates, and the old refresh token is spent", async () => {
    const simulator = createSimulator({ cases: 1, ...quiet });
    const client = await signIn(simulator);
    expect(client.back.searchParams.get("state")).toBe("s");
    expect(client.firm_uuid).toHaveLength(22);
    const code = client.back.searchParams.get("code") ?? "";
    const again = await token(simulator, { grant_type: "authorization_code", code, redirect_uri: `${HOST}/back` });
    expect([again.status, await again.json()]).toEqual([400, { error: "invalid_grant" }]);
    const refresh = { grant_type: "refresh_token", refresh_token: client.refresh_token ?? "" };
    const first = await token(simulator, refresh, true);
    expect(await first.json()).toMatchObject({
      token_type: "Bearer",
      expires_in: 86400,
      refresh_token: expect.any(String),
    });
    expect((await token(simulator, refresh)).status).toBe(400);
    expect((await token(simulator, { client_secret: "wrong" })).status).toBe(401);
  });

  test("an access token lives a day, by the simulator's clock", async () => {
    let now = Date.parse("2026-01-01T00:00:00Z");
    const simulator = createSimulator({ cases: 1, now: () => now, ...quiet });
    const client = await signIn(simulator);
    expect((await client.get("cases")).status).toBe(200);
    now += 86_400_000;
    const refused = await client.get("cases");
    expect(refused.status).toBe(401);
    expect(await refused.json()).toEqual({ errors: [{ description: expect.any(String) }] });
  });
});

describe("listings", () => {
  test("are bare arrays, walked by Link, complete while rows are added, with the whole count on each page", async () => {
    const simulator = createSimulator({ cases: 60, ...quiet });
    const client = await signIn(simulator);
    expect(await (await client.get("cases")).json()).toHaveLength(25);
    const seen: number[] = [];
    for (let path = "cases?page_size=20&filter[status]=open"; ; ) {
      const page = await client.get(path);
      seen.push(...((await page.json()) as { id: number }[]).map((one) => one.id));
      const link = page.headers.get("link");
      if (!link) break;
      const next = new URL(LinkHeader.parse(link).rel("next")[0]?.uri ?? "");
      expect(next.searchParams.get("filter[status]")).toBe("open");
      path = `cases${next.search}`;
      simulator.edit.create("cases", { status: "open" });
    }
    const open = [...simulator.firm.cases.values()].filter((one) => one.status === "open").map((one) => one.id);
    expect(seen).toEqual(open.sort((a, b) => a - b));
    expect((await client.get("cases?page_size=1")).headers.get("item-count")).toBe(String(simulator.firm.cases.size));
    for (const size of ["0", "1001", "x"]) expect((await client.get(`cases?page_size=${size}`)).status).toBe(400);
  });

  test("a page link expires after three days", async () => {
    let now = Date.parse("2026-01-01T00:00:00Z");
    const simulator = createSimulator({ cases: 5, now: () => now, ...quiet });
    simulator.tokens.accessLifeSeconds = 10 * 86_400;
    const client = await signIn(simulator);
    const link = (await client.get("cases?page_size=2")).headers.get("link") ?? "";
    const next = `cases${new URL(LinkHeader.parse(link).rel("next")[0]?.uri ?? "").search}`;
    now += 2 * 86_400_000;
    expect((await client.get(next)).status).toBe(200);
    now += 86_400_001;
    expect((await client.get(next)).status).toBe(400);
  });

  test("updated_after is inclusive; sparse fields give what is allowed and refuse the rest", async () => {
    const simulator = createSimulator({ cases: 5, ...quiet });
    const client = await signIn(simulator);
    const first = [...simulator.firm.cases.values()][0];
    if (!first) throw new Error("no case");
    simulator.edit.update("cases", first.id, { updated_at: "2030-01-01T00:00:00Z", clients: [{ id: 30_000_001 }] });
    const found = (await (await client.get("cases?filter[updated_after]=2030-01-01T00:00:00Z")).json()) as {
      id: number;
      clients: unknown[];
    }[];
    expect(found.map((one) => one.id)).toEqual([first.id]);
    expect(found[0]?.clients).toEqual([{ id: 30_000_001 }]);
    const sparse = (await (
      await client.get(`cases/${first.id}?field[client]=id,first_name&field[custom_field]=id,field_type`)
    ).json()) as { clients: object[] };
    expect(Object.keys(sparse.clients[0] ?? {})).toEqual(["id", "first_name"]);
    expect((await client.get(`cases/${first.id}?field[custom_field]=name`)).status).toBe(400);
    expect((await client.get("cases?filter[updated_after]=yesterday")).status).toBe(400);
  });
});

test("more than 25 requests a second are refused with 429", async () => {
  const simulator = createSimulator({ cases: 1, delivery: "manual", now: () => 0 });
  simulator.tokens.accessLifeSeconds = 10;
  const client = await signIn(simulator);
  const statuses = await Promise.all(Array.from({ length: 30 }, async () => (await client.get("firm")).status));
  expect(statuses.filter((status) => status === 429)).toHaveLength(5);
});

test("each fault does what it says, and clearing ends them", async () => {
  const simulator = createSimulator({ cases: 6, ...quiet });
  const client = await signIn(simulator);
  const { faults } = simulator;
  const id = 20_000_001;
  faults.add({ path: "^/v1/cases$", status: 500, after: 1, times: 1 });
  expect([
    (await client.get("cases")).status,
    (await client.get("cases")).status,
    (await client.get("cases")).status,
  ]).toEqual([200, 500, 200]);
  faults.add({ path: "/v1/firm", cutOff: true });
  await expect((await client.get("firm")).json()).rejects.toThrow();
  faults.hiddenCases.set(id, 403);
  expect((await client.get(`cases/${id}`)).status).toBe(403);
  expect((await client.get("cases")).headers.get("item-count")).toBe("5");
  faults.truncateListings = true;
  expect((await client.get("cases?page_size=2")).headers.get("link")).toBeNull();
  faults.lostPermission = "forbidden";
  expect((await client.get("clients")).status).toBe(403);
  faults.maintenance = true;
  expect((await client.get("firm")).status).toBe(503);
  faults.clear();
  expect((await client.get(`cases/${id}`)).status).toBe(200);
});

test("the same seed makes the same firm, and a snapshot goes on where it was", async () => {
  const now = () => Date.parse("2026-01-01T00:00:00Z");
  const firm = (seed: number) =>
    JSON.stringify([...createSimulator({ cases: 30, seed, now, ...quiet }).firm.cases.values()]);
  expect(firm(3)).toBe(firm(3));
  expect(firm(3)).not.toBe(firm(4));
  const one = createSimulator({ cases: 5, ...quiet });
  const client = await signIn(one);
  one.edit.update("cases", 20_000_001, { name: "Kept" });
  const other = createSimulator({ cases: 1, ...quiet });
  other.restore(one.snapshot());
  const answer = await other.handle(
    new Request(`${HOST}/v1/cases/20000001`, { headers: { authorization: `Bearer ${client.access_token}` } }),
  );
  expect(await answer.json()).toMatchObject({ name: "Kept" });
});

test("the page shows records escaped, and edits through it raise webhooks", async () => {
  const simulator = createSimulator({ cases: 2, ...quiet });
  const client = await signIn(simulator);
  await client.send("POST", "webhooks/subscriptions", {
    model: "case",
    url: "http://sync.test/hook",
    actions: ["updated"],
  });
  simulator.edit.update("cases", 20_000_001, { name: "<script>alert(1)</script>" }, { silent: true });
  const page = await (await simulator.handle(new Request(`${HOST}/`))).text();
  expect(page).toContain("&lt;script&gt;alert(1)&lt;/script&gt;");
  expect(page).not.toContain("<script>alert");
  const form = new URLSearchParams({ do: "close" });
  await simulator.handle(new Request(`${HOST}/edit/cases/20000001`, { method: "POST", body: form }));
  expect(simulator.webhooks.outbox).toMatchObject([{ model: "case", action: "updated", id: 20_000_001 }]);
  expect(simulator.firm.cases.get(20_000_001)?.status).toBe("closed");
});
