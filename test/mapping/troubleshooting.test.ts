import { expect, test } from "vitest";
import { explain } from "../../src/mapping/explain/explain.ts";
import { enabledBy41, leadBy42, mapping } from "./support/mapping.ts";
import { caseRecord, customValue, deleted, notVisible } from "./support/records.ts";
import { World } from "./support/world.ts";

function ask(world: World, caseId: number, options: { connected?: boolean; staffId?: number } = {}) {
  const { facts, outcome } = world.sync();
  const made = outcome.cases.find((one) => one.case_id === caseId);
  if (made === undefined) throw new Error(`no outcome of case ${caseId}`);
  return explain(facts, made, { connected: true, readAt: "2026-03-01T09:59:00Z", ...options });
}

function gate(world: World, caseId: number, name: string) {
  return ask(world, caseId).gates.find((one) => one.gate === name);
}

test("R8, T8: without a connection the first gate says so, and the rest comes from the last read", () => {
  const explained = ask(new World().withCase(1), 1, { connected: false });
  expect(explained.code).toBe("not_connected");
  expect(explained.gates[0]).toMatchObject({ gate: "connected", passed: false, code: "not_connected" });
  expect(explained.gates.map((one) => one.gate)).toEqual([
    "connected",
    "exists",
    "enabled",
    "lead_rule",
    "project_type",
    "phase",
  ]);
});

test("R64: an explanation says what was read when, and by which version of the mapping", () => {
  const explained = ask(new World().withCase(1).withClient(4), 1);
  expect(explained).toMatchObject({ case_id: 1, name: "Case 1", bucket: "project", code: "ok" });
  expect(explained).toMatchObject({ read_at: "2026-03-01T09:59:00Z", mapping_version: 1, staff: null });
  expect(explained.gates.every((one) => one.passed && one.fix === null)).toBe(true);
});

test("T2: a case that MyCase does not return, and one that it refuses, are distinguished", () => {
  const world = new World();
  world.firm.cases.set(1, deleted(null)).set(2, notVisible(null)).set(3, null);
  const codes = [1, 2, 3].map((id) => ask(world, id).gates[1]);
  expect(codes.map((one) => one?.gate)).toEqual(["exists", "exists", "exists"]);
  expect(codes.map((one) => one?.code)).toEqual(["case_not_found", "case_not_visible", "case_not_found"]);
  expect(codes.every((one) => one?.passed === false)).toBe(true);
  expect(codes[1]?.fix).toContain("access to the case in MyCase");
});

test("T2: a case id that MyCase never returned is not called deleted; one that it did return is", () => {
  const world = new World();
  world.firm.cases.set(1, deleted(null)).set(2, deleted(caseRecord(2)));
  const [unknown, gone] = [1, 2].map((id) => gate(world, id, "exists")?.fix);
  expect(unknown).toBe("MyCase has not returned case 1 so far. Check its id in MyCase, then resync it.");
  expect(gone).toContain("no longer returns case 2");
});

test("T3: an unmapped type names field, value seen, mapped values and the near miss", () => {
  const found = gate(new World().withCase(1, { practice_area: "personal injury" }), 1, "project_type");
  expect(found).toMatchObject({
    passed: false,
    code: "project_type_unmapped",
    field: { field: "practice_area" },
    value: "personal injury",
    expected: ["Personal Injury", "Auto Accident", "Family Law"],
    near_miss: { expected: "Personal Injury", difference: "case" },
  });
  expect(found?.fix).toContain("practice area");
  const blank = gate(new World().withCase(1, { practice_area: " " }), 1, "project_type");
  expect(blank).toMatchObject({
    value: null,
    near_miss: null,
    fix: "Fill in the practice area of the case in MyCase.",
  });
});

test("T4: a disabled case names field and value, and only when a field is mapped", () => {
  const world = new World().withMapping(mapping({ fields: { enabled: enabledBy41 } }));
  world.withCase(1, { custom_field_values: [customValue(41, "yes")] });
  const found = gate(world, 1, "enabled");
  expect(found).toMatchObject({
    passed: false,
    code: "disabled",
    field: { custom_field_id: 41, name: "Portal Enabled" },
    value: "yes",
    expected: [true, "Yes"],
    near_miss: { expected: "Yes", difference: "case" },
  });
  expect(found?.fix).toContain('custom field "Portal Enabled"');
  world.withMapping(mapping());
  expect(ask(world, 1).gates.some((one) => one.code === "disabled")).toBe(false);
});

test("T5: a person who is not on the case is reported as such, with who is", () => {
  const world = new World().withStaff(3).withStaff(4).withStaff(5);
  world.withCase(1, { staff: [4, 3].map((id) => ({ id, lead_lawyer: false, originating_lawyer: false })) });
  expect(ask(world, 1, { staffId: 5 }).staff).toMatchObject({
    staff_id: 5,
    name: "Staff5 Member5",
    assigned: false,
    code: "staff_not_assigned",
    assigned_staff: [
      { staff_id: 3, name: "Staff3 Member3" },
      { staff_id: 4, name: "Staff4 Member4" },
    ],
  });
  expect(ask(world, 1, { staffId: 4 }).staff).toMatchObject({ assigned: true, code: "visible", role: "attorney" });
});

test("T5: a person assigned to a case that is kept as last known is not reported as unassigned", () => {
  const world = new World().withStaff(3);
  world.withCase(1, { staff: [{ id: 3, lead_lawyer: false, originating_lawyer: false }] }).sync();
  const record = world.firm.cases.get(1)?.record ?? null;
  if (record === null) throw new Error("no record");
  world.firm.cases.set(1, notVisible(record));
  expect(ask(world, 1, { staffId: 3 }).staff).toMatchObject({ assigned: true, code: "case_not_live" });
});

test("T6: a title that nearly matches and one that no role has are distinguished", () => {
  const world = new World().withStaff(3, { title: "attorney " }).withStaff(4, { title: "Associate Attorney" });
  world.withCase(1, { staff: [3, 4].map((id) => ({ id, lead_lawyer: false, originating_lawyer: false })) });
  const { team } = ask(world, 1);
  expect(team.map(({ staff_id, code, near_miss }) => [staff_id, code, near_miss])).toEqual([
    [3, "title_mismatch", { expected: "Attorney", difference: "several" }],
    [4, "role_not_created", null],
  ]);
  expect(ask(world, 1, { staffId: 3 }).staff?.fix).toContain('"Attorney"');
});

test("T7: a contact of the wrong kind is explained by the missing lead rule, or by what the rule wants", () => {
  const world = new World().withClient(4);
  world.withCase(1, { clients: [{ id: 4 }], custom_field_values: [customValue(42, "k2")] });
  expect(ask(world, 1).contacts[0]).toMatchObject({ client_id: 4, kind: "client", kind_code: "no_lead_rule" });
  world.withMapping(mapping({ fields: { lead: leadBy42 } }));
  const explained = ask(world, 1).contacts[0];
  expect(explained).toMatchObject({ kind: "client", kind_code: "not_a_lead" });
  expect(explained?.kind_fix).toContain('custom field "Record Kind" "Lead"; this case has "Matter"');
  world.withCase(1, { clients: [{ id: 4 }], custom_field_values: [customValue(42, "k1")] });
  expect(ask(world, 1).contacts[0]).toMatchObject({ kind: "lead", kind_code: "lead" });
});

test("T7: contacts that are not linked, and companies, have no kind", () => {
  const world = new World().withClient(4).withClient(5);
  const explained = ask(world.withCase(1, { clients: [{ id: 4 }, { id: 5 }], companies: [{ id: 50 }] }), 1);
  expect(
    explained.contacts.map(({ client_id, company_id, kind, name }) => [client_id, company_id, kind, name]),
  ).toEqual([
    [4, null, "client", "First4 Last4"],
    [5, null, null, "First5 Last5"],
    [null, 50, null, null],
  ]);
});

test("T7: what other cases make of a contact is explained", () => {
  const world = new World().withClient(4).withMapping(mapping({ fields: { lead: leadBy42, enabled: enabledBy41 } }));
  const { facts, outcome } = world
    .withCase(1, { clients: [{ id: 4 }], custom_field_values: [customValue(41, true), customValue(42, "Lead")] })
    .withCase(2, { clients: [{ id: 4 }], custom_field_values: [customValue(41, true)] })
    .sync();
  const [lead, project] = outcome.cases;
  const client = facts.clients.get(4);
  if (lead === undefined || project === undefined || client === undefined) throw new Error("incomplete");
  const options = { connected: true, readAt: null };
  const kindIn = (made: typeof lead, elsewhere: Partial<typeof client.linksOutsideScope>) => {
    const clients = new Map([[4, { ...client, linksOutsideScope: { ...client.linksOutsideScope, ...elsewhere } }]]);
    const explained = explain({ ...facts, clients }, made, options).contacts[0];
    return [explained?.kind, explained?.kind_code];
  };
  expect(kindIn(lead, { on_live_project: true })).toEqual(["client", "on_live_project"]);
  expect(kindIn(project, { on_lead: true })).toEqual(["client", "not_a_lead"]);
  const disabled = world.withCase(2, { clients: [{ id: 4 }] }).outcomeOf(2);
  expect(kindIn(disabled, { on_lead: true })).toEqual(["lead", "on_lead"]);
  expect(kindIn(disabled, { on_lead: true, on_live_project: true })).toEqual(["client", "not_a_lead"]);
});

test("R64: every gate that passes says so, a lead's too", () => {
  const world = new World().withMapping(mapping({ fields: { lead: leadBy42, enabled: enabledBy41 } }));
  const explained = ask(
    world.withCase(1, { custom_field_values: [customValue(41, true), customValue(42, "Lead")] }),
    1,
  );
  expect(explained.gates.map((one) => [one.passed, one.code])).toEqual([
    [true, "ok"],
    [true, "ok"],
    [true, "ok"],
    [true, "lead"],
  ]);
});

test("T3, T6, T7: every fix says what to do, and where", () => {
  const byGroup = { mode: "by_group" as const, roles: [{ key: "c", name: "C", groups: ["Client"] }] };
  const world = new World()
    .withMapping(mapping({ contacts: byGroup }))
    .withClient(4, { people_group: 2 })
    .withClient(5);
  world.withStaff(3, { title: null }).withStaff(4, { active: false }).withStaff(6, { title: "Clerk" }).withStaff(7);
  world.withCase(1, {
    case_stage: null,
    clients: [{ id: 4 }, { id: 5 }],
    staff: [3, 4, 6, 7].map((id) => ({ id, lead_lawyer: false, originating_lawyer: false })),
  });
  world.withCase(2, { case_stage: "Appeal" });
  const explained = ask(world, 1);
  expect(explained.contacts.map((one) => one.fix)).toEqual([
    'List group "Co-Counsel" under a contact role of the mapping.',
    "Give the contact a group in MyCase that a contact role of the mapping lists.",
  ]);
  expect(explained.team.map((one) => one.fix)).toEqual([
    "Give the staff member a title in MyCase that a team role of the mapping lists.",
    "Reactivate the staff member in MyCase.",
    'Make team role "back-office" visible in the mapping.',
    null,
  ]);
  expect(explained.gates.at(-1)?.fix).toBe("Fill in the case stage of the case in MyCase.");
  expect(gate(world, 2, "phase")?.fix).toContain('List "Appeal" under a phase of project type "injury"');
});
