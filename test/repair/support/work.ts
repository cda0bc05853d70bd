import { expect } from "vitest";
import type { World } from "../../support/world.ts";
import { tablesOf } from "./tables.ts";

const SILENT = { silent: true };
let edits = 0;

/** Something of every kind changes at the firm, unannounced. */
export function workAtTheFirm({ simulator: { edit } }: World): void {
  edits += 1;
  edit.update("cases", 100, { name: `Edited ${edits}` }, SILENT);
  edit.update("cases", 105, { case_stage: edits % 2 ? "Discovery" : "Settlement" }, SILENT);
  edit.update("clients", 2, { first_name: `Edited ${edits}` }, SILENT);
  edit.update("staff", 11, { title: edits % 2 ? "Partner" : "Attorney" });
  edit.create("cases", { practice_area: "Family Law", case_stage: "Intake", clients: [{ id: 2 }] }, SILENT);
}

/** What `workAtTheFirm` did is in the tables. */
export async function expectWorkSeen(world: World): Promise<void> {
  const { projects, contacts, team } = await tablesOf(world);
  const { cases, clients, staff } = world.simulator.firm;
  expect(projects.get("100")).toMatchObject({ name: cases.get(100)?.name });
  expect(projects.get("105")).toMatchObject({ case_stage: cases.get(105)?.case_stage });
  expect(contacts.get("2")).toMatchObject({ first_name: clients.get(2)?.first_name });
  expect(team.get("11")).toMatchObject({ title: staff.get(11)?.title });
  expect(projects.size).toBe(cases.size);
}

/** D5: whatever went wrong, nothing that MyCase has was taken away here. */
export async function expectNothingLost(world: World): Promise<void> {
  const { projects, contacts, contactLinks, teamLinks } = await tablesOf(world);
  const { cases, clients } = world.simulator.firm;
  for (const [id, row] of projects) {
    if (!cases.has(Number(id))) continue;
    expect(row).toMatchObject({ deleted_at: null, enabled: 1, type_unmapped: 0, is_lead: 0 });
    expect([...contactLinks.values()].filter((link) => link.case_id === Number(id))).toHaveLength(1);
  }
  for (const [id, row] of contacts) if (clients.has(Number(id))) expect(row.deleted_at).toBeNull();
  const assigned = [...cases.values()].filter((one) => projects.has(String(one.id))).flatMap((one) => one.staff);
  expect([...teamLinks.values()].filter((link) => cases.has(Number(link.case_id)))).toHaveLength(assigned.length);
}
