import { expect } from "vitest";
import type { CaseRecord } from "../../../simulator/records.ts";
import type { World } from "../../support/world.ts";
import { ENABLED_FIELD, KIND_FIELD } from "./firm.ts";
import { linksOf, type Row, type Tables } from "./tables.ts";

const MAPPED_AREAS = ["Personal Injury", "Auto Accident", "Workers Compensation", "Family Law"];

/**
 * The tables say of MyCase what a first import (`fresh`) of the same firm says, and of what a first import cannot know,
 * which is the past (`before`), what the rules say: disabled, unmapped, lead and deleted keep their rows (D5-D8).
 */
export function expectRepaired(world: World, now: Tables, fresh: Tables, before: Tables): void {
  const cases = world.simulator.firm.cases;
  const ids = new Set([...now.projects.values(), ...fresh.projects.values()].map((row) => Number(row.case_id)));
  for (const id of ids) {
    const record = cases.get(id);
    if (!record) expectTombstone(id, now, before);
    else if (fresh.projects.has(String(id))) expectSameProject(id, now, fresh, before);
    else expectKeptProject(record, now, before);
  }
  expectContacts(world, now, fresh);
  expectTeam(world, now, fresh);
  for (const [key, row] of now.leads) {
    if (fresh.leads.has(key)) expect(row).toEqual(fresh.leads.get(key));
    else expect(row, "a lead that is none any more").toMatchObject({ deleted_at: expect.any(String) });
  }
  expect([...fresh.leads.keys()].filter((key) => !now.leads.has(key))).toEqual([]);
}

/** D5: the row and its links stay as they were last known. */
function expectTombstone(id: number, now: Tables, before: Tables): void {
  const row = now.projects.get(String(id));
  expect(row).toEqual({ ...before.projects.get(String(id)), deleted_at: expect.any(String) });
  expect(linksOf(now.contactLinks, id)).toEqual(linksOf(before.contactLinks, id));
  expect(linksOf(now.teamLinks, id)).toEqual(linksOf(before.teamLinks, id));
}

function expectSameProject(id: number, now: Tables, fresh: Tables, before: Tables): void {
  const wanted = fresh.projects.get(String(id)) as Row;
  const was = before.projects.get(String(id));
  // D7: without a phase of its own the project stays in the last one of the same type.
  const remembered = was?.project_type === wanted.project_type ? (was?.phase ?? null) : null;
  expect(now.projects.get(String(id))).toEqual({ ...wanted, phase: wanted.phase ?? remembered });
  expect(linksOf(now.contactLinks, id)).toEqual(linksOf(fresh.contactLinks, id));
  expect(linksOf(now.teamLinks, id)).toEqual(linksOf(fresh.teamLinks, id));
}

/** D6, D8, R17: what was a project and is none now keeps its row, refreshed, and says why. */
function expectKeptProject(record: CaseRecord, now: Tables, before: Tables): void {
  const row = now.projects.get(String(record.id)) as Row;
  const was = before.projects.get(String(record.id));
  const mapped = MAPPED_AREAS.includes(record.practice_area ?? "");
  expect(was, `case ${record.id} never was a project`).toBeDefined();
  expect(row).toMatchObject({
    name: record.name,
    status: record.status,
    case_stage: record.case_stage,
    practice_area: record.practice_area,
    enabled: fieldOf(record, ENABLED_FIELD) === false ? 0 : 1,
    is_lead: fieldOf(record, KIND_FIELD) === "Lead" ? 1 : 0,
    type_unmapped: mapped ? 0 : 1,
    deleted_at: null,
    ...(mapped ? {} : { project_type: was?.project_type, phase: was?.phase }),
  });
  const isPlainLead = row.is_lead === 1 && row.enabled === 1;
  const staff = isPlainLead ? [] : record.staff.map((one) => one.id).sort();
  expect(linksOf(now.teamLinks, record.id).map((link) => link.staff_id)).toEqual(staff);
  const linked = linksOf(now.contactLinks, record.id).map((link) => link.client_id);
  expect(record.clients.map((one) => one.id)).toEqual(expect.arrayContaining(linked));
  if (isPlainLead) expect(linked).toEqual([]);
}

function expectContacts(world: World, now: Tables, fresh: Tables): void {
  const { clients, people_groups } = world.simulator.firm;
  const linked = new Set([
    ...[...now.contactLinks.values()].map((link) => link.client_id),
    ...[...now.leads.values()].filter((lead) => lead.deleted_at === null).map((lead) => lead.contact_id),
  ]);
  for (const [key, row] of now.contacts) {
    const record = clients.get(Number(row.client_id));
    if (fresh.contacts.has(key)) expect(row).toEqual(fresh.contacts.get(key));
    else if (!record) expect(row, "a deleted client").toMatchObject({ deleted_at: expect.any(String) });
    else {
      expect(row).toMatchObject({
        first_name: record.first_name,
        last_name: record.last_name,
        group_name: people_groups.get(record.people_group?.id ?? 0)?.name ?? null,
        phone_raw: record.cell_phone_number || null,
        deleted_at: null,
      });
    }
    const unlinked = linked.has(row.client_id) ? null : expect.any(String);
    expect(row.unlinked_at, `whether contact ${key} is linked`).toEqual(unlinked);
  }
  expect([...fresh.contacts.keys()].filter((key) => !now.contacts.has(key))).toEqual([]);
}

function expectTeam(world: World, now: Tables, fresh: Tables): void {
  for (const [key, row] of now.team) {
    const record = world.simulator.firm.staff.get(Number(row.staff_id));
    if (!record) {
      expect(row, "a deleted member").toMatchObject({ active: 0, visible: 0 });
      continue;
    }
    const role = ["Attorney", "Partner"].includes(record.title ?? "") ? "attorney" : null;
    const visible = role !== null && record.active ? 1 : 0;
    expect(row).toMatchObject({ title: record.title || null, active: record.active ? 1 : 0, role, visible });
    if (fresh.team.has(key)) expect(row).toEqual(fresh.team.get(key));
  }
  expect([...fresh.team.keys()].filter((key) => !now.team.has(key))).toEqual([]);
}

function fieldOf(record: CaseRecord, field: number): unknown {
  return record.custom_field_values.find((one) => one.custom_field.id === field)?.value;
}
