import { expect, test } from "vitest";
import { isLive } from "../../src/mapping/is-live.ts";
import { enabledBy41, leadBy42, mapping } from "./support/mapping.ts";
import { caseRecord, customField, customValue, present } from "./support/records.ts";
import { gateOf, World } from "./support/world.ts";

const enabledMapping = mapping({ fields: { enabled: enabledBy41 } });

test("R13: a case is exactly one project, however often it is derived", () => {
  const world = new World().withCase(17);
  world.sync();
  expect(world.sync().plan.ledger).toEqual([]);
  expect([...world.tables.projects.keys()]).toEqual([17]);
});

test("R15: a project keeps its MyCase case id and copies the case's fields as they are", () => {
  const world = new World().withCase(17, {
    name: " Smith v. Jones ",
    case_number: "",
    opened_date: "2026-01-02T23:30:00-08:00",
    closed_date: "2026-02-30",
    custom_field_values: [customValue(42, "k2"), customValue(9, 1.5), customValue(41, " "), customValue(3, false)],
  });
  const { project, warnings } = world.outcomeOf(17);
  expect(project).toEqual({
    case_id: 17,
    name: " Smith v. Jones ",
    case_number: null,
    status: "open",
    project_type: "injury",
    phase: "intake",
    enabled: true,
    type_unmapped: false,
    is_lead: false,
    practice_area: "Personal Injury",
    case_stage: "Intake",
    opened_date: "2026-01-02",
    closed_date: null,
    custom_fields: { 3: false, 9: 1.5, 42: "Matter" },
    main_contact_id: null,
    main_contact_reason: "no_contacts",
    pinned_contact_id: null,
    deleted_at: null,
  });
  expect(Object.keys(project?.custom_fields ?? {})).toEqual(["3", "9", "42"]);
  expect(warnings.map((one) => one.code)).toEqual(["closed_date_invalid"]);
});

test("R21: a list field matches by option text, whether MyCase sends the text or the key", () => {
  const world = new World().withMapping(
    mapping({
      fields: { project_type: { custom_field_id: 42 } },
      project_types: [{ key: "matter", name: "Matter", values: ["Matter"] }],
    }),
  );
  world.withCase(1, { custom_field_values: [customValue(42, "k2")] });
  world.withCase(2, { custom_field_values: [customValue(42, "Matter")] });
  world.withCase(3, { custom_field_values: [customValue(42, "k1")] });
  const { outcome } = world.sync();
  expect(outcome.cases.map((one) => one.project?.project_type ?? null)).toEqual(["matter", "matter", null]);
  expect(outcome.cases.map((one) => gateOf(one, "project_type").value)).toEqual(["Matter", "Matter", "Lead"]);
});

test("R21: renaming a custom field is harmless", () => {
  const world = new World().withMapping(enabledMapping);
  world.withCase(1, { custom_field_values: [customValue(41, true)] }).sync();
  world.firm.customFields = new Map([[41, customField(41, "Show To Client")]]);
  const { outcome, plan } = world.sync();
  expect(plan.ledger).toEqual([]);
  expect(outcome.cases[0]?.bucket).toBe("project");
});

test("R21: a custom field given twice is read the same way in either order, with a warning", () => {
  const values = [customValue(41, true), customValue(41, false)];
  const world = new World().withMapping(enabledMapping);
  world.withCase(1, { custom_field_values: values }).withCase(2, { custom_field_values: values.toReversed() });
  for (const made of world.sync().outcome.cases) {
    expect(made.code).toBe("disabled");
    expect(made.warnings.map((one) => one.code)).toEqual(["custom_field_repeated"]);
  }
});

test("R21: an option text beats another option's key, and of two options with one key the first in text order is taken", () => {
  const options = [
    { key: "k", option: "Zeta" },
    { key: "k", option: "Alpha" },
    { key: "Zeta", option: "Other" },
  ];
  const world = new World().withCase(1, { custom_field_values: [customValue(42, "k")] });
  world.withCase(2, { custom_field_values: [customValue(42, "Zeta")] });
  for (const list_options of [options, options.toReversed()]) {
    world.firm.customFields = new Map([[42, { ...customField(42, "Kind"), list_options }]]);
    expect(world.sync().outcome.cases.map((one) => one.project?.custom_fields)).toEqual([
      { 42: "Alpha" },
      { 42: "Zeta" },
    ]);
  }
});

test("R22: nothing is hard-coded to practice area or stage", () => {
  const world = new World().withMapping(
    mapping({
      fields: { project_type: { field: "office" }, phase: { field: "billing_type" } },
      project_types: [
        {
          key: "north",
          name: "North",
          values: ["North"],
          phases: [{ key: "hours", name: "Hours", values: ["hourly"] }],
        },
      ],
    }),
  );
  const { project } = world.withCase(1, { office: "North", practice_area: null, case_stage: null }).outcomeOf(1);
  expect([project?.project_type, project?.phase]).toEqual(["north", "hours"]);
});

test("R22: a value that two project types list means neither", () => {
  const twice = [
    { key: "a", name: "A", values: ["Tax"] },
    { key: "b", name: "B", values: ["Tax", "Wills"] },
  ];
  const world = new World().withMapping(mapping({ project_types: twice }));
  world.withCase(1, { practice_area: "Tax" }).withCase(2, { practice_area: "Wills" });
  expect(world.sync().outcome.cases.map((one) => one.bucket)).toEqual(["type_unmapped", "project"]);
});

test.each(["personal injury", "Personal Injury ", "Personal  Injury", "Personal\u00a0Injury", "Personal Injuries"])(
  "R23: %j is a near miss of a mapped value, and no match",
  (practice_area) => {
    const made = new World().withCase(1, { practice_area }).outcomeOf(1);
    expect(made.project).toBeNull();
    expect(gateOf(made, "project_type").near_miss?.expected).toBe("Personal Injury");
  },
);

test("R24: no field mapped means enabled", () => {
  const made = new World().withCase(1, { custom_field_values: [customValue(41, false)] }).outcomeOf(1);
  expect(made.project?.enabled).toBe(true);
  expect(gateOf(made, "enabled")).toMatchObject({ passed: true, code: "no_field_mapped", field: null });
});

test.each([
  [true, "project"],
  ["Yes", "project"],
  ["true", "project"],
  ["yes", "disabled"],
  [false, "disabled"],
  ["", "disabled"],
  [null, "disabled"],
] as const)("R24: an enabled field of %j makes the case %s", (value, bucket) => {
  const world = new World().withMapping(enabledMapping);
  expect(world.withCase(1, { custom_field_values: [customValue(41, value)] }).outcomeOf(1).bucket).toBe(bucket);
});

test("R24: blank means enabled where the mapping says so, and a missing value is blank", () => {
  const lenient = mapping({ fields: { enabled: { ...enabledBy41, when_blank: "enabled" } } });
  const world = new World().withMapping(lenient);
  world.withCase(1).withCase(2, { custom_field_values: [customValue(41, false)] });
  expect(world.sync().outcome.cases.map((one) => one.bucket)).toEqual(["project", "disabled"]);
});

test("R25: a mapping change applies to what is already pulled", () => {
  const world = new World().withCase(1, { practice_area: "Tax" });
  expect(world.outcomeOf(1).bucket).toBe("type_unmapped");
  world.withMapping(mapping({ project_types: [{ key: "tax", name: "Tax", values: ["Tax"] }] }));
  expect(world.outcomeOf(1).project?.project_type).toBe("tax");
});

test("R18: changing the lead rule re-classifies what is already here", () => {
  const world = new World().withClient(4);
  world.withCase(1, { clients: [{ id: 4 }], custom_field_values: [customValue(42, "k1")] });
  expect(isLive(world.outcomeOf(1).project)).toBe(true);
  world.withMapping(mapping({ fields: { lead: leadBy42 } }));
  expect(world.outcomeOf(1).bucket).toBe("lead");
  expect(world.tables.contacts.get(4)?.kind).toBe("lead");
  world.withMapping(mapping());
  expect(isLive(world.outcomeOf(1).project)).toBe(true);
  expect(world.tables.contacts.get(4)?.kind).toBe("client");
});

test("without a mapping nothing is derived, and what is here stays", () => {
  const world = new World().withCase(1, { clients: [{ id: 4 }] }).withClient(4);
  world.sync();
  const before = world.tables;
  const made = world.withMapping(null).withCase(1, { name: "Renamed" }).withCase(2).outcomeOf(1);
  expect([made.bucket, made.code]).toEqual(["pending", "no_mapping"]);
  expect(world.tables).toEqual(before);
});

test("a case that MyCase says is present but sends no usable record of has failed", () => {
  const world = new World();
  world.firm.cases.set(1, { ...present(caseRecord(1)), record: null });
  expect(world.outcomeOf(1)).toMatchObject({ bucket: "failed", code: "case_malformed", project: null });
});
