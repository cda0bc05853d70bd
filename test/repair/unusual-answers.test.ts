import { expect, test } from "vitest";
import { complete, leftForBackfill } from "../support/runs.ts";
import type { World } from "../support/world.ts";
import { connectedFirm, importedFirm } from "./support/firm.ts";
import { tablesOf } from "./support/tables.ts";

/** Every answer of the API is changed on its way. */
function changeAnswers(world: World, change: (key: string, value: unknown) => unknown): void {
  const { simulator } = world;
  const answer = simulator.handle;
  simulator.handle = async (request) => {
    const response = await answer(request);
    if (!new URL(request.url).pathname.startsWith("/v1/") || !response.ok) return response;
    const body = JSON.parse(await response.text(), change);
    return new Response(JSON.stringify(body), response);
  };
}

test("ids that come as text make the same rows", async () => {
  const world = await connectedFirm();
  changeAnswers(world, (key, value) => (key === "id" && typeof value === "number" ? String(value) : value));
  await world.drain();
  const { projects, contacts, contactLinks, teamLinks } = await tablesOf(world);
  expect(projects.size).toBe(6);
  expect(contacts.size).toBeGreaterThan(0);
  expect(contactLinks.size).toBe(6);
  expect(teamLinks.size).toBe(6);
  expect((await world.rows("mycase_case_people")).length).toBe(18);
  expect(await leftForBackfill(world)).toEqual([]);
});

test("flags that come as numbers or text make the same rows", async () => {
  const world = await connectedFirm();
  const forms = [(value: boolean) => Number(value), (value: boolean) => String(value)];
  let turn = 0;
  changeAnswers(world, (key, value) =>
    typeof value === "boolean" && key !== "value" ? forms[turn++ % 2]?.(value) : value,
  );
  await world.drain();
  const { projects, teamLinks } = await tablesOf(world);
  expect(projects.size).toBe(6);
  for (const link of teamLinks.values()) expect(link).toMatchObject({ lead_lawyer: 1, originating_lawyer: 0 });
});

test("R65: a case with an entry that is nobody keeps everybody else", async () => {
  const world = await importedFirm();
  world.simulator.edit.update(
    "cases",
    100,
    { name: "Seen", clients: ["nobody", { id: 1 }] as never },
    { silent: true },
  );
  expect((await complete(world, "poll")).state).toBe("succeeded");
  const { projects, contactLinks } = await tablesOf(world);
  expect(projects.get("100")).toMatchObject({ name: "Seen", main_contact_id: 1 });
  expect(contactLinks.has("100:1")).toBe(true);
});

test("a listing of which no record can be used is not a success", async () => {
  const world = await importedFirm();
  changeAnswers(world, (key, value) => (key === "id" ? undefined : value));
  expect(await complete(world, "nightly")).toMatchObject({ state: "failed" });
});
