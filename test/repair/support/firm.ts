import type { Collections } from "../../../simulator/records.ts";
import type { SimulatorOptions } from "../../../simulator/simulator.ts";
import { type MappingDocument, mappingDocument } from "../../../src/mapping/document/schema.ts";
import { plainCase } from "../../support/firm.ts";
import { createWorld, MAPPING, type World } from "../../support/world.ts";

export const ENABLED_FIELD = 41;
export const KIND_FIELD = 42;

const SILENT = { silent: true };
const HOUR_MS = 3_600_000;

/** MyCase's clock, in the test's hand. */
export interface Clock {
  ms: number;
}

/** Every gate is in use: an enabled field, a lead rule, types, phases; one main contact, or everybody of a group. */
export function everyGate(mode: "main" | "by_group"): MappingDocument {
  return mappingDocument.parse({
    ...MAPPING,
    fields: {
      ...MAPPING.fields,
      enabled: { custom_field_id: ENABLED_FIELD, true_values: [true], when_blank: "enabled" },
      lead: { custom_field_id: KIND_FIELD, values: ["Lead"] },
    },
    contacts: { ...MAPPING.contacts, mode },
  });
}

type Options = SimulatorOptions & { mapping?: MappingDocument; pullLeadObjects?: boolean };

/** A connected firm whose every record is made here: six cases, five clients, three members of staff. The import waits. */
export async function connectedFirm(options: Options = {}): Promise<World & { clock: Clock }> {
  const clock = { ms: Date.parse("2026-06-01T12:00:00Z") };
  const world = await createWorld({ cases: 0, now: () => clock.ms, ...options });
  fill(world);
  clock.ms += HOUR_MS;
  await world.setMapping(options.mapping ?? everyGate("main"));
  await world.connect();
  return { ...world, clock };
}

/** The same, imported, and some time later. */
export async function importedFirm(options: Options = {}): Promise<World & { clock: Clock }> {
  const world = await connectedFirm(options);
  await world.drain();
  world.clock.ms += HOUR_MS;
  return world;
}

/** A world of its own over a copy of the same firm as it is now, with one import behind it: what the tables should say. */
export async function firstImportOf(world: World, mapping: MappingDocument): Promise<World> {
  const fresh = await createWorld({ cases: 0, now: world.simulator.core.now });
  fresh.simulator.core.firm = structuredClone(world.simulator.firm);
  for (const name of Object.keys(fresh.simulator.firm)) fresh.simulator.core.touched(name as keyof Collections);
  await fresh.setMapping(mapping);
  await fresh.connect();
  await fresh.drain();
  return fresh;
}

function fill({ simulator: { core, edit } }: World): void {
  for (const name of ["clients", "staff", "leads", "companies", "case_roles"] as const) {
    for (const id of [...core.firm[name].keys()]) edit.remove(name, id, SILENT);
  }
  // Few lists, so that a listing of them is one short page.
  for (const id of [...core.firm.custom_fields.keys()]) if (id > KIND_FIELD) edit.remove("custom_fields", id, SILENT);
  for (const id of [...core.firm.people_groups.keys()]) if (id > 3) edit.remove("people_groups", id, SILENT);
  const people = ["Ada", "Ben", "Cem", "Dot", "Eva"];
  for (const [index, first_name] of people.entries()) {
    const id = index + 1;
    const people_group = index < 4 ? { people_group: { id: 1 + (index % 2) } } : {};
    edit.create(
      "clients",
      { id, first_name, last_name: "Byron", email: `${first_name}@example.com`, ...people_group },
      SILENT,
    );
  }
  for (const [index, title] of ["Attorney", "Paralegal", "Partner"].entries()) {
    edit.create("staff", { id: 11 + index, first_name: `Staff ${index}`, last_name: "Stone", title }, SILENT);
  }
  for (let id = 100; id < 106; id++) {
    const clients = [{ id: 1 + (id % 5) }, { id: 1 + ((id + 2) % 5) }];
    edit.create("cases", plainCase(id, { clients, case_stage: id % 2 ? "Intake" : "Discovery" }), SILENT);
  }
}
