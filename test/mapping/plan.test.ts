import { expect, test } from "vitest";
import { isEmpty } from "../../src/mapping/plan/plan.ts";
import { exceedsBlastGuard } from "../../src/mapping/preview/blast-guard.ts";
import { addToDiff, summarise } from "../../src/mapping/preview/diff.ts";
import { emptyDiff } from "../../src/mapping/preview/diff-tally.ts";
import { reportDiff } from "../../src/mapping/preview/report-diff.ts";
import { enabledBy41, leadBy42, mapping } from "./support/mapping.ts";
import { caseRecord, customValue, deleted } from "./support/records.ts";
import { World } from "./support/world.ts";

function staffed() {
  const world = new World().withClient(4).withClient(5).withStaff(3);
  const staff = [{ id: 3, lead_lawyer: false, originating_lawyer: false }];
  return world.withCase(1, { clients: [{ id: 4 }, { id: 5 }], staff });
}

test("R3: what MyCase has wins, also when updated_at has not moved", () => {
  const world = staffed();
  world.sync();
  const { plan } = world.withCase(1, { name: "Renamed", clients: [{ id: 4 }] }).sync();
  expect(world.tables.projects.get(1)?.name).toBe("Renamed");
  expect(plan.ledger[0]).toEqual({ entity: "project", entity_id: "1", field: "name", old: "Case 1", new: "Renamed" });
});

test("R4: a local edit of a synced column is put back", () => {
  const world = staffed();
  world.sync();
  const row = world.tables.contacts.get(4);
  if (row === undefined) throw new Error("no contact");
  world.tables.contacts.set(4, { ...row, email: "edited@example.com" });
  const { plan } = world.sync();
  expect(plan.contacts).toEqual([row]);
  expect(plan.projects).toEqual([]);
});

test("R5, D3: blank overwrites, and the ledger keeps the old value", () => {
  const world = staffed();
  world.sync();
  const { plan } = world.withClient(4, { email: "" }).sync();
  expect(plan.ledger).toEqual([
    { entity: "contact", entity_id: "4", field: "email", old: "client4@example.com", new: null },
    { entity: "contact", entity_id: "4", field: "reachable", old: true, new: false },
  ]);
});

test("R7: what the firm owns here is not overwritten", () => {
  const world = staffed();
  world.sync();
  const row = world.tables.projects.get(1);
  if (row === undefined) throw new Error("no project");
  world.tables.projects.set(1, { ...row, pinned_contact_id: 5 });
  const { plan } = world.sync();
  expect(world.tables.projects.get(1)).toMatchObject({ pinned_contact_id: 5, main_contact_id: 5 });
  expect(plan.relinked).toEqual([4, 5]);
  expect(plan.contact_links.remove).toEqual([{ case_id: 1, client_id: 4 }]);
});

test("R58: a plan holds changed rows only, one ledger entry a field, one a row that appears or goes", () => {
  const world = staffed();
  const first = world.sync().plan;
  expect(first.ledger.map(({ entity, entity_id, field }) => [entity, entity_id, field])).toEqual([
    ["project", "1", "*"],
    ["project_contact", "1:4", "*"],
    ["project_team_member", "1:3", "*"],
    ["contact", "4", "*"],
    ["team_member", "3", "*"],
  ]);
  expect(first.relinked).toEqual([4]);
  expect(isEmpty(world.sync().plan)).toBe(true);

  const { plan } = world.withCase(1, { staff: [] }).sync();
  expect(plan.team_links.remove).toEqual([{ case_id: 1, staff_id: 3 }]);
  const link = { staff_id: 3, lead_lawyer: false, originating_lawyer: false };
  expect(plan.ledger).toContainEqual({
    entity: "project_team_member",
    entity_id: "1:3",
    field: "*",
    old: link,
    new: null,
  });
  expect(plan.team_members).toEqual([]);
});

test("R58: a changed link is recorded by field", () => {
  const world = staffed();
  world.sync();
  const staff = [{ id: 3, lead_lawyer: true, originating_lawyer: false }];
  const { plan } = world.withCase(1, { clients: [{ id: 4 }, { id: 5 }], staff }).sync();
  expect(plan.ledger).toEqual([
    { entity: "project_team_member", entity_id: "1:3", field: "lead_lawyer", old: false, new: true },
  ]);
  expect(plan.team_links.upsert).toEqual([{ case_id: 1, staff_id: 3, lead_lawyer: true, originating_lawyer: false }]);
});

test("R41: contacts of a project that stops being live are relinked, so that their kind is derived again", () => {
  const world = staffed().withMapping(mapping({ fields: { enabled: { ...enabledBy41, when_blank: "enabled" } } }));
  world.sync();
  const off = { clients: [{ id: 4 }], custom_field_values: [customValue(41, false)] };
  expect(world.withCase(1, off).sync().plan.relinked).toEqual([4]);
});

test("R25: the diff of a mapping counts what would change, once each, with samples", () => {
  const world = staffed()
    .withMapping(mapping({ project_types: [] }))
    .withCase(2, { practice_area: "Family Law" });
  world.withCase(3, { practice_area: "Tax", custom_field_values: [customValue(42, "Lead")] });
  world.sync();
  world.withMapping(mapping({ fields: { lead: leadBy42 } }));
  const { facts, outcome, plan } = world.sync();
  const report = reportDiff(summarise(facts, outcome));
  expect(report.diff).toEqual({
    projects: { created: 2, retyped: 0, rephased: 0, disabled: 0, enabled: 0, unmapped: 0, became_lead: 0 },
    leads: { created: 1, removed: 0 },
    contacts: { linked: 1, unlinked: 0 },
    team: { shown: 1, hidden: 0 },
    newly_reachable: 1,
  });
  expect(report.samples.projects.created).toEqual([
    { case_id: 1, name: "Case 1" },
    { case_id: 2, name: "Case 2" },
  ]);
  expect(report.samples.contacts.linked).toEqual([{ case_id: 1, client_id: 4, name: "Case 1" }]);
  const twice = emptyDiff();
  addToDiff(twice, plan, facts);
  addToDiff(twice, plan, facts);
  expect(reportDiff(twice)).toEqual(report);
});

test("R25: the diff tells retyped, rephased, unmapped, disabled, enabled and leads apart", () => {
  const world = new World().withStaff(3).withClient(4);
  for (const id of [1, 2, 3, 4, 5, 6]) world.withCase(id);
  const staff = [{ id: 3, lead_lawyer: false, originating_lawyer: false }];
  world.withCase(4, { custom_field_values: [customValue(41, "No")], clients: [{ id: 4 }], staff });
  world.withCase(5, { custom_field_values: [customValue(42, "Lead")], clients: [{ id: 4 }] });
  world.withCase(6, { custom_field_values: [customValue(41, true)] });
  world.withCase(2, { case_stage: "Trial" }).withCase(3, { practice_area: "Auto Accident" });
  world.sync();
  world.withMapping(
    mapping({
      fields: { enabled: { ...enabledBy41, when_blank: "enabled" }, lead: leadBy42 },
      project_types: [
        {
          key: "injury",
          name: "Injury",
          values: ["Personal Injury"],
          phases: [{ key: "start", name: "Start", values: ["Intake", "Trial"] }],
        },
      ],
      team_roles: [],
    }),
  );
  const { facts, outcome } = world.sync();
  const report = reportDiff(summarise(facts, outcome));
  expect(report.diff).toEqual({
    projects: { created: 0, retyped: 0, rephased: 5, disabled: 1, enabled: 0, unmapped: 1, became_lead: 1 },
    leads: { created: 1, removed: 0 },
    contacts: { linked: 0, unlinked: 1 },
    team: { shown: 0, hidden: 1 },
    newly_reachable: 0,
  });
  expect(report.impact).toEqual({
    deleted: 0,
    disabled: 1,
    unlinked: 1,
    retyped: 0,
    unmapped: 1,
    became_lead: 1,
    projects: 3,
  });
  world.withMapping(mapping({ project_types: [{ key: "all", name: "All", values: ["Personal Injury"] }] }));
  const back = world.sync();
  expect(reportDiff(summarise(back.facts, back.outcome)).diff).toMatchObject({
    projects: { retyped: 5, enabled: 1, became_lead: 0 },
    leads: { created: 0, removed: 1 },
    contacts: { linked: 1, unlinked: 0 },
    team: { shown: 1, hidden: 0 },
  });
});

test("D5: deleted projects are harm, but only those that were live", () => {
  const world = new World().withCase(1).withCase(2);
  world.sync();
  world.withCase(2, { practice_area: "Tax" }).sync();
  world.firm.cases.set(1, deleted(caseRecord(1))).set(2, deleted(caseRecord(2)));
  const { facts, outcome } = world.sync();
  expect(reportDiff(summarise(facts, outcome)).impact).toMatchObject({ deleted: 1, projects: 1 });
});

test.each([
  [5, 20, false],
  [4, 20, false],
  [6, 20, true],
  [19, 19, false],
  [0, 0, false],
])("the blast guard at 25%% of at least 20: %i of %i harmed is %s", (projects, live, expected) => {
  expect(exceedsBlastGuard({ projects }, live, { max_share: 0.25, min_projects: 20 })).toBe(expected);
});

test("R25: a link that only changes its role is not counted as linked", () => {
  const world = staffed();
  world.sync();
  const roles = [{ key: "nobody", name: "Nobody", groups: ["Nobody"] }];
  world.withClient(4, { people_group: 1 }).sync();
  expect(world.tables.contactLinks.get("1:4")?.role).toBe("client");
  const { facts, outcome, plan } = world.withMapping(mapping({ contacts: { roles } })).sync();
  expect(plan.contact_links.upsert).toEqual([{ case_id: 1, client_id: 4, role: null, is_main: true }]);
  expect(reportDiff(summarise(facts, outcome)).diff.contacts).toEqual({ linked: 0, unlinked: 0 });
});

test("R25: people in a diff's samples are named", () => {
  const world = staffed().withStaff(3, { last_name: "" });
  const { facts, outcome } = world.sync();
  const { samples } = reportDiff(summarise(facts, outcome));
  expect(samples.team.shown).toEqual([{ staff_id: 3, name: "Staff3" }]);
  expect(samples.newly_reachable).toEqual([{ client_id: 4, name: "First4 Last4" }]);
});
