import { afterEach, expect, test } from "vitest";
import { ask, keyFor } from "../support/api.ts";
import { announce } from "../support/events.ts";
import { smallFirm } from "../support/firm.ts";
import { start } from "../support/runs.ts";
import { statementsOf } from "../support/statements.ts";
import { clock, useRealTime, useVirtualTime } from "../support/virtual-time.ts";

afterEach(useRealTime);

test("T8: an org's health says that all is well, and what is not, with its reason and its remedy", async () => {
  const world = await smallFirm();
  const path = `/v1/orgs/${world.org}/health`;
  expect((await ask(world, "GET", path)).body).toMatchObject({ status: "ok", alarms: [], runs: { overdue: [] } });

  world.simulator.faults.add({ path: "^/v1/cases/100$", times: 1, malformed: true });
  world.simulator.faults.add({ path: "^/v1/cases/100$", body: '{"id": 100, "clients": "no list"}' });
  await announce(world, "case", 100);
  await world.drain();
  world.simulator.tokens.revokeAccessTokens();
  world.simulator.tokens.revokeRefreshTokens();
  await ask(world, "GET", `/v1/orgs/${world.org}/coverage`);
  const { body } = await ask(world, "GET", path);
  expect(body).toMatchObject({
    status: "critical",
    alarms: [
      { code: "reauthorization_required", severity: "critical", fix: expect.stringContaining("Connect again") },
      { code: "dead_letters", severity: "warning" },
    ],
    connection: { state: "reauthorization_required", cause: "refresh_token_refused" },
    dead_letters: { open: 1 },
    webhooks: { received_24h: 1 },
  });
  expect(body.mycase).toMatchObject({ unauthorized: 1, refreshes_failed: 1 });
});

test("R59, T8: while MyCase is down a poll waits and is not called missing; when the worker stands still it is", async () => {
  useVirtualTime();
  const world = await smallFirm();
  const alarms = async () => {
    const { body } = await ask(world, "GET", `/v1/orgs/${world.org}/health`);
    return body.alarms.map(({ code }: { code: string }) => code);
  };
  world.simulator.faults.maintenance = true;
  await start(world, "poll");
  await expect(world.drain({ most: 3 })).rejects.toThrow(/not empty/);
  clock.pass(20 * 60_000);
  expect(await alarms()).toEqual(["mycase_unavailable"]);
  const { body: report } = await ask(world, "GET", `/v1/orgs/${world.org}/connection`);
  expect(report).toMatchObject({ overdue_runs: [], last_poll: { state: "running", finished_at: null } });

  world.simulator.faults.maintenance = false;
  await world.drain();
  expect(await alarms()).toEqual([]);
  clock.pass(20 * 60_000);
  expect(await alarms()).toEqual(["poll_overdue"]);
});

test("the metrics are Prometheus text for the admin key only, and count what was asked of MyCase", async () => {
  const world = await smallFirm();
  const key = await keyFor(world, "admin");
  expect((await ask(world, "GET", "/metrics", { key: null })).status).toBe(401);
  expect((await ask(world, "GET", "/metrics", { key })).status).toBe(403);
  const { status, body, headers } = await ask(world, "GET", `/metrics?org=${world.org}`);
  expect([status, headers.get("content-type")]).toEqual([200, "text/plain; version=0.0.4"]);
  expect(body).toMatch(new RegExp(`^mycase_sync_connected\\{org="${world.org}",state="connected"\\} 1$`, "m"));
  const requests = Number(/^mycase_sync_mycase_requests_total\{.*\} (\d+)$/m.exec(body)?.[1]);
  expect(requests).toBe(world.simulator.log.count(({ path }) => path.startsWith("/v1/")));
  for (const line of body.trim().split("\n")) {
    expect(line).toMatch(/^(# (HELP|TYPE) mycase_sync_\w+ .+|mycase_sync_\w+\{(\w+="[^"]*",?)*\} [\d.]+)$/);
  }
  expect((await ask(world, "GET", "/metrics?org=nobody")).status).toBe(404);
});

test("the metrics have the alarms of every org, in as many statements for a hundred and thirty orgs as for one", async () => {
  const world = await smallFirm();
  const DB = world.env.DB;
  await DB.prepare(
    `INSERT INTO orgs (id, name, timezone, created_at)
     WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 130) SELECT 'many-' || i, 'x', 'UTC', ?1 FROM n`,
  )
    .bind(new Date().toISOString())
    .run();
  await DB.prepare(
    `INSERT INTO dead_letters (id, org_id, message, code, detail, attempts, created_at)
     VALUES ('z', 'many-99', '{}', 'unexpected', '', 1, ?1)`,
  )
    .bind(new Date().toISOString())
    .run();
  const scrape = async (query: string) => String((await ask(world, "GET", `/metrics${query}`)).body);
  const ofOne = await statementsOf(world, () => scrape(`?org=${world.org}`));
  let text = "";
  const ofAll = await statementsOf(world, async () => {
    text = await scrape("");
  });
  expect(text.match(/^mycase_sync_connected\{org="many-/gm)).toHaveLength(130);
  expect(text).toContain('mycase_sync_alarm{org="many-99",code="dead_letters",severity="warning"} 1');
  expect(text).toContain("mycase_sync_pages{} 1");
  expect(ofAll).toBeLessThanOrEqual(ofOne);
  expect(await scrape("?page=2")).not.toContain("many-");
});
