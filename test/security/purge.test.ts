import { runInDurableObject } from "cloudflare:test";
import { expect, test } from "vitest";
import { tick } from "../../src/cron/tick.ts";
import { ask, keyFor } from "../support/api.ts";
import { announce } from "../support/events.ts";
import { smallFirm } from "../support/firm.ts";

test("R11: deleting an org leaves no row of it in any table, no token, no subscription, and nobody else's row is touched", async () => {
  const [world, other] = [await smallFirm(), await smallFirm()];
  const base = `/v1/orgs/${world.org}`;
  await keyFor(world, "read");
  world.simulator.faults.add({ path: "^/v1/cases/100$", times: 1, body: '{"id": 100, "clients": "no list"}' });
  await announce(world, "case", 100);
  await ask(world, "POST", `${base}/projects/100/resync`, { headers: { "idempotency-key": "once" } });
  await world.drain();
  world.simulator.edit.update(
    "cases",
    100,
    { name: "Missed", updated_at: "2020-01-01T00:00:00Z" },
    { silent: true, keepUpdatedAt: true },
  );
  await ask(world, "POST", `${base}/runs`, { body: { kind: "nightly" } });
  await world.drain();
  await world.sync.recordFailures.add(world.org, [{ model: "client", id: 999 }], new Date());
  await world.env.DB.prepare(
    "INSERT INTO held_cases (org_id, case_id, run_id, impacts, version) VALUES (?, 100, 'open', '[]', 1)",
  )
    .bind(world.org)
    .run();
  const trouble = { model: "lead", kind: "forbidden", detail: "403" } as const;
  await world.sync.listingTroubles.note({ org: world.org, id: "open" }, trouble, new Date());
  await world.sync.runPages.save({ org: world.org, id: "open" }, "case", { page: 0, ids: [100], ticket: 1 });
  await ask(world, "POST", `${base}/connection`); // a grant that is pending when the org is deleted

  const { results } = await world.env.DB.prepare(
    "SELECT m.name, EXISTS (SELECT 1 FROM pragma_table_info(m.name) c WHERE c.name = 'org_id') AS scoped FROM sqlite_master m WHERE m.type = 'table' AND m.name NOT LIKE '\\_cf%' ESCAPE '\\'",
  ).all<{ name: string; scoped: number }>();
  const tables = results.filter((one) => one.scoped === 1).map((one) => one.name);
  const count = async (org: string) => {
    const counts = await Promise.all(
      tables.map(async (table) => [
        table,
        (
          await world.env.DB.prepare(`SELECT count(*) AS n FROM ${table} WHERE org_id = ?`)
            .bind(org)
            .first<{ n: number }>()
        )?.n ?? 0,
      ]),
    );
    return Object.fromEntries(counts) as Record<string, number>;
  };
  const stub = world.env.MYCASE_CONNECTION.get(world.env.MYCASE_CONNECTION.idFromName(world.org));
  const storedKeys = () => runInDurableObject(stub, (_, state) => [...state.storage.kv.list()].map(([name]) => name));
  expect(await storedKeys()).toEqual(expect.arrayContaining(["tokens", "pending_grant", "accepted_cases"]));
  const before = await count(world.org);
  const others = await count(other.org);
  const empty = Object.entries(before)
    .filter(([, n]) => n === 0)
    .map(([table]) => table);
  expect(empty.sort()).toEqual(["leads", "mycase_leads"]);

  expect((await ask(world, "DELETE", base)).status).toBe(204);
  expect(Object.values(await count(world.org)).every((n) => n === 0)).toBe(true);
  expect(await world.env.DB.prepare("SELECT count(*) AS n FROM orgs WHERE id = ?").bind(world.org).first("n")).toBe(0);
  expect(await count(other.org)).toEqual(others);
  expect(await storedKeys()).toEqual(["tickets_reserved_to"]); // tickets go on rising, should an org of this id be created again
  expect(world.simulator.webhooks.subscriptions).toEqual([]);
});

test("R11: a large org is deleted slice by slice, unseen from the first; the tick finishes what was cut off", async () => {
  const world = await smallFirm();
  const { org, sync, env } = world;
  await env.DB.prepare(
    `WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 12000)
     INSERT INTO changes (org_id, seq, at, entity, entity_id, field, trigger) SELECT ?1, 1000 + i, '2026-01-01', 'project', i, 'name', 'poll' FROM n`,
  )
    .bind(org)
    .run();
  await sync.purges.begin(org, new Date());
  expect(await sync.purges.deleteSlice(org)).toBe(false);
  const left = (await world.rows("changes")).length;
  expect(left).toBeGreaterThan(0);
  expect((await ask(world, "GET", `/v1/orgs/${org}`)).status).toBe(404);
  expect((await ask(world, "GET", `/v1/orgs/${org}/projects`)).status).toBe(404);

  await tick(sync, "*/5 * * * *");
  expect(await world.rows("changes")).toEqual([]);
  expect(await env.DB.prepare("SELECT count(*) AS n FROM orgs WHERE id = ?").bind(org).first("n")).toBe(0);
});

test("R11: no table that is written without a commit takes a row of an org that was deleted", async () => {
  const world = await smallFirm();
  const { org, env } = world;
  const { results } = await env.DB.prepare(
    "SELECT tbl_name FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%_of_live_org'",
  ).all<{ tbl_name: string }>();
  const rows = new Map<string, Record<string, unknown>>();
  await keyFor(world, "read");
  for (const { tbl_name } of results) {
    const [row] = await world.rows(tbl_name);
    if (row) rows.set(tbl_name, row);
  }
  expect([...rows.keys()]).toEqual(expect.arrayContaining(["api_keys", "runs", "subscriptions", "poll_cursors"]));
  expect((await ask(world, "DELETE", `/v1/orgs/${org}`)).status).toBe(204);
  for (const [table, row] of rows) {
    const columns = Object.keys(row);
    const insert = `INSERT INTO ${table} (${columns.join(", ")}) VALUES (${columns.map(() => "?").join(", ")})`;
    await env.DB.prepare(insert)
      .bind(...Object.values(row))
      .run();
    expect(await world.rows(table), table).toEqual([]);
  }
});
