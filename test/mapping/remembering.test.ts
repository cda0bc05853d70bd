import { expect, test } from "vitest";
import { enabledBy41, mapping } from "./support/mapping.ts";
import { caseRecord, customValue, deleted, malformed, notVisible } from "./support/records.ts";
import { gateOf, World } from "./support/world.ts";

const enabledMapping = mapping({ fields: { enabled: enabledBy41 } });

test("D4: a closed case keeps its project, closed; reopening restores it", () => {
  const world = new World().withCase(1);
  world.sync();
  world.withCase(1, { status: "closed", closed_date: "2026-02-01" }).sync();
  expect(world.tables.projects.get(1)).toMatchObject({ status: "closed", deleted_at: null, enabled: true });
  world.withCase(1).sync();
  expect(world.tables.projects.get(1)).toMatchObject({ status: "open", closed_date: null });
});

test("D5: a deleted case leaves a tombstone with its links, and returns", () => {
  const world = new World().withCase(1, { clients: [{ id: 4 }] }).withClient(4);
  world.sync();
  const before = world.tables.projects.get(1);
  world.firm.cases.set(1, deleted(caseRecord(1, { name: "late" }), "2026-02-09T00:00:00Z"));
  const made = world.outcomeOf(1);
  expect([made.bucket, made.code]).toEqual(["deleted", "case_not_found"]);
  expect(world.tables.projects.get(1)).toEqual({ ...before, deleted_at: "2026-02-09T00:00:00Z" });
  expect(world.contactsOf(1)).toEqual([4]);
  world.withCase(1, { clients: [{ id: 4 }] }).sync();
  expect(world.tables.projects.get(1)).toEqual(before);
});

test.each([
  ["not visible", notVisible(null), "not_visible", "case_not_visible"],
  ["malformed, with a usable record from before", malformed(caseRecord(1, { name: "x" })), "failed", "case_malformed"],
  ["malformed", malformed(null), "failed", "case_malformed"],
  ["never read", null, "pending", "case_not_found"],
] as const)("D5: a case that is %s keeps its rows as they are", (_, mirror, bucket, code) => {
  const world = new World().withCase(1, { clients: [{ id: 4 }], staff: [] }).withClient(4);
  world.sync();
  world.firm.cases.set(1, mirror);
  const { outcome, plan } = world.sync();
  expect(plan.ledger).toEqual([]);
  expect(outcome.cases[0]).toMatchObject({ bucket, code });
  expect(outcome.cases[0]?.project).toEqual(world.tables.projects.get(1));
  expect(outcome.cases[0]?.main_contact).toEqual({ client_id: 4, reason: "lowest_id" });
});

test("D6: a project whose case is disabled keeps its row, refreshed, and comes back", () => {
  const on = { custom_field_values: [customValue(41, true)] };
  const world = new World().withMapping(enabledMapping).withClient(4).withClient(5);
  world.withCase(1, { ...on, clients: [{ id: 4 }] }).sync();
  world.withCase(1, { clients: [{ id: 5 }], name: "Renamed", practice_area: "Family Law" });
  expect(world.outcomeOf(1).bucket).toBe("disabled");
  expect(world.tables.projects.get(1)).toMatchObject({ enabled: false, name: "Renamed", project_type: "family" });
  expect(world.contactsOf(1)).toEqual([5]);
  world.withCase(1, on).sync();
  expect(world.tables.projects.get(1)).toMatchObject({ enabled: true, project_type: "injury" });
});

test("D6: a disabled case that never was a project becomes none, and its staff no members", () => {
  const world = new World().withMapping(enabledMapping).withStaff(3);
  world.withCase(1, { staff: [{ id: 3, lead_lawyer: true, originating_lawyer: false }] });
  const made = world.outcomeOf(1);
  expect([made.project, made.contacts, made.team]).toEqual([null, [], []]);
  expect(made.team_decisions[0]?.code).toBe("case_not_live");
  expect(world.tables.members.size).toBe(0);
});

test("D7: an unmapped phase keeps the last phase of the same type, with a warning", () => {
  const world = new World().withCase(1, { case_stage: "Trial" });
  world.sync();
  const made = world.withCase(1, { case_stage: "Appeal" }).outcomeOf(1);
  expect(made).toMatchObject({ bucket: "project", code: "ok", project: { phase: "trial" } });
  expect(gateOf(made, "phase")).toMatchObject({ passed: true, code: "phase_kept", value: "Appeal" });
  expect(made.warnings.map((one) => one.code)).toEqual(["phase_unmapped"]);
});

test("D7: an unmapped phase without a last one is none, and blocks nothing", () => {
  const made = new World().withCase(1, { case_stage: "intake" }).outcomeOf(1);
  expect(made).toMatchObject({ bucket: "project", project: { phase: null } });
  expect(gateOf(made, "phase")).toMatchObject({ code: "phase_unmapped", near_miss: { expected: "Intake" } });
});

test("D7: a phase is not remembered across a stay in another type, nor when its type lost it", () => {
  const world = new World().withCase(1, { case_stage: "Trial" });
  world.sync();
  world.withCase(1, { practice_area: "Family Law", case_stage: "Appeal" }).sync();
  expect(world.tables.projects.get(1)?.phase).toBeNull();
  world.withCase(1, { case_stage: "Appeal" }).sync();
  expect(world.tables.projects.get(1)?.phase).toBeNull();

  world.withCase(1, { case_stage: "Trial" }).sync();
  world.withCase(1, { case_stage: "Appeal" }).sync();
  expect(world.tables.projects.get(1)?.phase).toBe("trial");
  world
    .withMapping(mapping({ project_types: [{ key: "injury", name: "Injury", values: ["Personal Injury"] }] }))
    .sync();
  expect(world.tables.projects.get(1)?.phase).toBeNull();
});

test("D8: a project whose type value becomes unmapped keeps its row, marked, and comes back", () => {
  const world = new World().withCase(1, { case_stage: "Trial" });
  world.sync();
  const made = world.withCase(1, { practice_area: "Tax", case_stage: "Intake", name: "Renamed" }).outcomeOf(1);
  expect([made.bucket, made.code]).toEqual(["type_unmapped", "project_type_unmapped"]);
  const marked = { type_unmapped: true, project_type: "injury", phase: "trial", name: "Renamed", practice_area: "Tax" };
  expect(world.tables.projects.get(1)).toMatchObject({ ...marked, deleted_at: null });
  world.withCase(1).sync();
  expect(world.tables.projects.get(1)).toMatchObject({ type_unmapped: false, project_type: "injury", phase: "intake" });
});

test("D6, D8: disabled and unmapped at once is counted by the first gate", () => {
  const world = new World().withMapping(enabledMapping);
  world.withCase(1, { custom_field_values: [customValue(41, true)] }).sync();
  const made = world.withCase(1, { practice_area: "Tax" }).outcomeOf(1);
  expect([made.bucket, made.code]).toEqual(["disabled", "disabled"]);
  expect(made.project).toMatchObject({ enabled: false, type_unmapped: true, project_type: "injury" });
  expect(made.gates.filter((gate) => !gate.passed).map((gate) => gate.code)).toEqual([
    "disabled",
    "project_type_unmapped",
  ]);
});

test("D6: a disabled project that the lead rule matches as well is disabled, no lead: its people stay with it", () => {
  const world = new World()
    .withMapping(mapping({ fields: { enabled: enabledBy41, lead: { custom_field_id: 42, values: ["Lead"] } } }))
    .withClient(4)
    .withStaff(3);
  const people = { clients: [{ id: 4 }], staff: [{ id: 3, lead_lawyer: true, originating_lawyer: false }] };
  const lead = customValue(42, "Lead");
  world.withCase(1, { ...people, custom_field_values: [customValue(41, true)] }).sync();
  world.withCase(1, { ...people, custom_field_values: [customValue(41, false), lead] });
  expect(world.outcomeOf(1)).toMatchObject({ bucket: "disabled", lead: null });
  expect(world.tables.projects.get(1)).toMatchObject({ enabled: false, is_lead: false });
  expect(world.contactsOf(1)).toEqual([4]);

  world.withCase(1, { ...people, custom_field_values: [customValue(41, true), lead] });
  expect(world.outcomeOf(1).bucket).toBe("lead");
  expect(world.tables.projects.get(1)).toMatchObject({ enabled: true, is_lead: true });
});
