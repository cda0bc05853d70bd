import type { CaseRecord } from "../../simulator/records.ts";
import type { SimulatorOptions } from "../../simulator/simulator.ts";
import { createWorld, MAPPING, type World } from "./world.ts";

/** A connected world with one case in it whose every tie is known: client 1 (group "Client"), client 2 (no group), attorney 11. */
export async function smallFirm(
  options: SimulatorOptions & { pullLeadObjects?: boolean } = {},
): Promise<World & { caseId: number }> {
  const world = await createWorld({ cases: 0, ...options });
  const { edit } = world.simulator;
  for (const id of [...world.simulator.firm.clients.keys()]) edit.remove("clients", id, { silent: true });
  for (const id of [...world.simulator.firm.staff.keys()]) edit.remove("staff", id, { silent: true });
  for (const id of [...world.simulator.firm.leads.keys()]) edit.remove("leads", id, { silent: true });
  const silent = { silent: true };
  edit.create(
    "clients",
    person(1, "Ada", "Byron", { people_group: { id: 1 }, cell_phone_number: "(212) 555-0101" }),
    silent,
  );
  edit.create("clients", person(2, "Ben", "Clark", {}), silent);
  edit.create("staff", person(11, "Sam", "Stone", { title: "Attorney" }), silent);
  edit.create("staff", person(12, "Pat", "Reed", { title: "Paralegal" }), silent);
  edit.create("cases", plainCase(100), silent);
  await world.setMapping(MAPPING);
  await world.connect();
  await world.drain();
  return { ...world, caseId: 100 };
}

export function plainCase(id: number, fields: Partial<CaseRecord> = {}): Partial<CaseRecord> {
  return {
    id,
    name: `Case ${id}`,
    case_number: `N-${id}`,
    practice_area: "Personal Injury",
    case_stage: "Intake",
    clients: [{ id: 1 }, { id: 2 }],
    staff: [{ id: 11, lead_lawyer: true, originating_lawyer: false, case_rate: null }],
    ...fields,
  };
}

function person(id: number, first_name: string, last_name: string, more: object) {
  return { id, first_name, last_name, email: `${first_name.toLowerCase()}@example.com`, ...more };
}

/** The only row of a table of the world's org. */
export async function onlyRow(world: World, table: string): Promise<Record<string, unknown>> {
  const rows = await world.rows(table);
  if (rows.length !== 1) throw new Error(`${table} has ${rows.length} rows`);
  return rows[0] as Record<string, unknown>;
}
