import { expect, test } from "vitest";
import { complete } from "../support/runs.ts";
import { connectedFirm, importedFirm } from "./support/firm.ts";
import { tablesOf } from "./support/tables.ts";

const SILENT = { silent: true };

test("R14: a lead object that is gone from MyCase ends with the next nightly, though no event announced it", async () => {
  const world = await connectedFirm({ pullLeadObjects: true });
  for (const id of [71, 72])
    world.simulator.edit.create("leads", { id, first_name: `Lead ${id}`, status: "New" }, SILENT);
  await world.drain();
  world.simulator.edit.remove("leads", 71, SILENT);
  expect((await complete(world, "nightly")).state).toBe("succeeded");
  const { leads } = await tablesOf(world);
  expect(leads.get("lead:71")).toMatchObject({ deleted_at: expect.any(String) });
  expect(leads.get("lead:72")).toMatchObject({ deleted_at: null });
});

test("D9: a member of staff who is gone from MyCase is inactive and hidden with the next nightly", async () => {
  const world = await importedFirm();
  world.simulator.edit.remove("staff", 11, SILENT);
  expect((await complete(world, "nightly")).state).toBe("succeeded");
  const { team, teamLinks } = await tablesOf(world);
  expect(team.get("11")).toMatchObject({ active: 0, visible: 0 });
  expect(teamLinks.size).toBe(0);
});
