import { expect, test } from "vitest";
import { requestResync } from "../../src/sync/resync/request-resync.ts";
import { ask } from "../support/api.ts";
import { announce } from "../support/events.ts";
import { importedFirm } from "./support/firm.ts";
import { tablesOf } from "./support/tables.ts";

test.each([
  ["an HTML page", "<html><body>Not Found</body></html>"],
  ["an empty body", ""],
])("D5: a 404 with %s deletes nothing, and once MyCase itself says 404 the case is deleted", async (_, body) => {
  const world = await importedFirm();
  const { faults, edit } = world.simulator;
  faults.add({ path: "^/v1/cases", status: 404, body, times: 8 });
  for (const id of [100, 101, 102]) await announce(world, "case", id);
  await world.drain();
  for (const row of (await tablesOf(world)).projects.values()) expect(row.deleted_at).toBeNull();
  edit.remove("cases", 101, { silent: true });
  await announce(world, "case", 101, "deleted");
  await world.drain();
  expect((await tablesOf(world)).projects.get("101")?.deleted_at).toEqual(expect.any(String));
});

test("an id that MyCase never had leaves no row behind, and is explained as never seen", async () => {
  const world = await importedFirm();
  for (const model of ["case", "client", "company"] as const) await announce(world, model, 987, "updated");
  await requestResync(world.sync, world.org, 988);
  await world.drain();
  for (const table of ["mycase_cases", "mycase_clients", "mycase_companies"]) {
    expect((await world.rows(table)).filter((row) => Number(row.id) >= 987)).toEqual([]);
  }
  expect((await world.rows("case_outcomes")).filter((row) => Number(row.case_id) >= 987)).toEqual([]);
  const { status, body } = await ask(world, "GET", `/v1/orgs/${world.org}/explain/cases/987`);
  expect(status).toBe(200);
  expect(JSON.stringify(body)).toContain("case_not_found");
});

test("R62: a read that began before the 404 of an id never seen, and ends after it, brings nothing back", async () => {
  const world = await importedFirm();
  const { simulator } = world;
  simulator.edit.create("cases", { id: 990, name: "Brief", practice_area: "Family Law" }, { silent: true });
  const answer = simulator.handle;
  let overtaken = false;
  simulator.handle = async (request) => {
    const response = await answer(request);
    if (overtaken || new URL(request.url).pathname !== "/v1/cases/990") return response;
    overtaken = true;
    simulator.edit.remove("cases", 990, { silent: true });
    await requestResync(world.sync, world.org, 990);
    await world.drain();
    return response;
  };
  await announce(world, "case", 990, "created");
  await world.drain();
  expect(overtaken).toBe(true);
  expect((await tablesOf(world)).projects.has("990")).toBe(false);
});
