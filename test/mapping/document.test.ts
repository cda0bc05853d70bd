import { expect, test } from "vitest";
import { checkDocument } from "../../src/mapping/document/check-document.ts";
import { mappingDocument } from "../../src/mapping/document/schema.ts";
import { mapping } from "./support/mapping.ts";
import { customField } from "./support/records.ts";

const smallest = {
  fields: { project_type: { field: "practice_area" }, phase: { custom_field_id: 7 } },
  project_types: [],
};

function pathsOf(document: unknown): string[] {
  const read = mappingDocument.safeParse(document);
  return read.success ? [] : read.error.issues.map((issue) => issue.path.join("."));
}

test("R24, D2: everything but fields and project types has a default", () => {
  expect(mappingDocument.parse(smallest)).toEqual({
    ...smallest,
    contacts: { mode: "main", roles: [], phone_order: ["cell", "work", "home"] },
    team_roles: [],
    blast_guard: { max_share: 0.2, min_projects: 20 },
  });
});

test("R23: values are kept exactly as they were given", () => {
  const values = [" Tax ", "tax\u00a0law", 1.5, false];
  const read = mappingDocument.parse({ ...smallest, project_types: [{ key: "tax", name: "Tax", values }] });
  expect(read.project_types[0]?.values).toEqual(values);
});

test.each([
  ["fields.project_type", { fields: { phase: { field: "status" } } }],
  ["fields.phase", { fields: { project_type: { field: "status" } } }],
  ["fields.phase", { fields: { ...smallest.fields, phase: {} } }],
  ["fields.phase", { fields: { ...smallest.fields, phase: { field: "status", custom_field_id: 1 } } }],
  ["fields.phase.field", { fields: { ...smallest.fields, phase: { field: "description" } } }],
  ["fields.phase.custom_field_id", { fields: { ...smallest.fields, phase: { custom_field_id: 0 } } }],
  ["fields.enabled.true_values", { fields: { ...smallest.fields, enabled: { custom_field_id: 1 } } }],
  ["fields.lead.values", { fields: { ...smallest.fields, lead: { custom_field_id: 1, values: [] } } }],
  ["project_types.0.key", { project_types: [{ key: "No Slug", name: "x", values: [] }] }],
  ["project_types.0.values.0", { project_types: [{ key: "a", name: "x", values: [" "] }] }],
  ["project_types.0.values.0", { project_types: [{ key: "a", name: "x", values: [null] }] }],
  ["contacts.phone_order", { contacts: { phone_order: ["cell", "cell"] } }],
  ["contacts.phone_order.0", { contacts: { phone_order: ["fax"] } }],
  ["contacts.mode", { contacts: { mode: "all" } }],
  ["blast_guard.max_share", { blast_guard: { max_share: 1.5 } }],
  ["", { unknown: 1 }],
  ["fields", { fields: { ...smallest.fields, status: { field: "status" } } }],
])("R21: a document is refused at %j for %j", (path, overrides) => {
  expect(pathsOf({ ...smallest, ...overrides })).toEqual([path]);
});

test.each([
  [
    "project_types.1.values.1",
    mapping({
      project_types: [
        { key: "a", name: "A", values: ["Tax"] },
        { key: "b", name: "B", values: ["Wills", "Tax"] },
      ],
    }),
  ],
  ["project_types.0.values.1", mapping({ project_types: [{ key: "a", name: "A", values: ["Tax", "Tax"] }] })],
  [
    "project_types.1.values.0",
    mapping({
      project_types: [
        { key: "a", name: "A", values: [true] },
        { key: "b", name: "B", values: ["true"] },
      ],
    }),
  ],
  [
    "project_types.0.phases.1.values.0",
    mapping({
      project_types: [
        {
          key: "a",
          name: "A",
          values: ["Tax"],
          phases: [
            { key: "one", name: "One", values: ["New"] },
            { key: "two", name: "Two", values: ["New"] },
          ],
        },
      ],
    }),
  ],
  [
    "project_types.1.key",
    mapping({
      project_types: [
        { key: "a", name: "A", values: [] },
        { key: "a", name: "B", values: [] },
      ],
    }),
  ],
  [
    "project_types.0.phases.1.key",
    mapping({
      project_types: [
        {
          key: "a",
          name: "A",
          values: [],
          phases: [
            { key: "one", name: "One", values: [] },
            { key: "one", name: "Two", values: [] },
          ],
        },
      ],
    }),
  ],
  [
    "contacts.roles.1.groups.0",
    mapping({
      contacts: {
        roles: [
          { key: "a", name: "A", groups: ["Client"] },
          { key: "b", name: "B", groups: ["Client"] },
        ],
      },
    }),
  ],
  [
    "contacts.roles.1.key",
    mapping({
      contacts: {
        roles: [
          { key: "a", name: "A", groups: [] },
          { key: "a", name: "B", groups: [] },
        ],
      },
    }),
  ],
  [
    "team_roles.1.titles.0",
    mapping({
      team_roles: [
        { key: "a", name: "A", titles: ["Attorney"] },
        { key: "b", name: "B", titles: ["Attorney"] },
      ],
    }),
  ],
  [
    "team_roles.1.key",
    mapping({
      team_roles: [
        { key: "a", name: "A", titles: [] },
        { key: "a", name: "B", titles: [] },
      ],
    }),
  ],
  [
    "fields.enabled.true_values.1",
    mapping({ fields: { enabled: { custom_field_id: 1, true_values: ["Yes", "Yes", true, "true"] } } }),
  ],
  ["fields.lead.values.1", mapping({ fields: { lead: { custom_field_id: 1, values: ["Lead", "Lead"] } } })],
])("R21: what would mean two things is refused at %s", (path, document) => {
  expect(checkDocument(document, new Map()).map((problem) => problem.path)).toEqual([path]);
});

test("R21: the same phase value in two types, and values that only look alike, are fine", () => {
  expect(checkDocument(mapping(), new Map())).toEqual([]);
  const alike = [
    { key: "a", name: "A", values: ["Tax"] },
    { key: "b", name: "B", values: ["tax", "Tax "] },
  ];
  expect(checkDocument(mapping({ project_types: alike }), new Map())).toEqual([]);
});

test("R21: only the firm's case-level custom fields may be referred to, once they are known", () => {
  const document = mapping({ fields: { phase: { custom_field_id: 41 }, project_type: { custom_field_id: 43 } } });
  const known = new Map([
    [41, { ...customField(41, "Stage"), parent_type: "client" }],
    [43, customField(43, "Kind")],
  ]);
  expect(checkDocument(document, known)).toEqual([
    { path: "fields.phase.custom_field_id", message: "custom field 41 is not a field of cases but of client" },
  ]);
  expect(checkDocument(document, new Map())).toEqual([]);
  expect(checkDocument(document, new Map(), true).map((problem) => problem.path)).toEqual([
    "fields.project_type.custom_field_id",
    "fields.phase.custom_field_id",
  ]);
});
