import { expect, test } from "vitest";
import { requestResync } from "../../src/sync/resync/request-resync.ts";
import { startRun } from "../../src/sync/runs/start.ts";
import { announce } from "../support/events.ts";
import { smallFirm } from "../support/firm.ts";
import type { World } from "../support/world.ts";

/** Steps of a plan that may scan all of something: what the statement itself was given or made. */
const GIVEN = /VIRTUAL TABLE|CONSTANT ROW|^SCAN (?:(?:scope|s|people)\b|\(subquery-\d+\)|\d+ CONSTANT)/;

const FEW =
  /listing_troubles|mycase_(custom_fields|people_groups|case_stages|practice_areas)|count\(\*\) AS n FROM projects/;

/** Runs the work and gives every statement that it sent, with what it was bound to. */
async function statementsOf(world: World, work: () => Promise<void>): Promise<Map<string, unknown[]>> {
  const sent = new Map<string, unknown[]>();
  const { d1 } = world.services.db;
  const prepare = d1.prepare.bind(d1);
  d1.prepare = (sql: string) => {
    const statement = prepare(sql);
    const bind = statement.bind.bind(statement);
    statement.bind = (...values: unknown[]) => {
      sent.set(sql, values);
      return bind(...values);
    };
    return statement;
  };
  await work();
  d1.prepare = prepare;
  return sent;
}

test("no statement of the hot paths scans a table: each looks up what it was given, in a firm of any size", async () => {
  const world = await smallFirm();
  const sent = await statementsOf(world, async () => {
    world.simulator.edit.update(
      "cases",
      100,
      { name: "Changed", case_stage: "Discovery", clients: [{ id: 2 }] },
      { silent: true },
    );
    world.simulator.edit.update("clients", 1, { email: "new@example.com" }, { silent: true });
    await announce(world, "case", 100);
    await announce(world, "client", 1);
    await world.drain();
    world.simulator.edit.addCaseStaff(100, 12, {}, { silent: true });
    await requestResync(world.sync, world.org, 100);
    await startRun(world.sync, world.org, "poll", { trigger: "api" });
    await world.drain();
  });
  expect(sent.size).toBeGreaterThan(25);
  const scans: string[] = [];
  for (const [sql, values] of sent) {
    const { results } = await world.env.DB.prepare(`EXPLAIN QUERY PLAN ${sql}`)
      .bind(...values)
      .all<{ detail: string }>();
    for (const { detail } of results)
      if (detail.startsWith("SCAN") && !GIVEN.test(detail)) scans.push(`${detail}: ${sql.slice(0, 160)}`);
    // All rows of an org are a scan too; the firm's own lists are few, and a run counts its projects once.
    for (const { detail } of results)
      if (/^SEARCH .*\(org_id=\?\)$/.test(detail) && !FEW.test(sql)) scans.push(`${detail}: ${sql.slice(0, 160)}`);
  }
  expect(scans).toEqual([]);
});
