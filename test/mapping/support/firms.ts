import fc from "fast-check";
import type { Mirrored } from "../../../src/mapping/facts.ts";
import type { Firm } from "./firm.ts";
import { enabledBy41, leadBy42, mapping } from "./mapping.ts";
import { caseRecord, clientRecord, customField, leadRecord, staffRecord } from "./records.ts";

// Few ids and few values, so that generated firms are full of shared people, near misses and rivals.
const caseIds = [1, 2, 3, 4, 5, 6];
const clientIds = [1, 2, 3, 4, 5];
const staffIds = [1, 2, 3];
const leadIds = [1, 2];

const text = (...values: string[]) => fc.constantFrom<(string | null)[]>(null, "", ...values);
const phone = text("760-555-1234", "(760) 555-1234 x9", "call the office", "+44 20 7946 0958", " ");
const someOf = <T>(values: readonly T[]) => fc.array(fc.constantFrom(...values), { maxLength: 4 });

function mirrored<T>(record: fc.Arbitrary<T>): fc.Arbitrary<Mirrored<T> | null> {
  const gone = fc.constantFrom(null, "2026-02-01T00:00:00Z");
  return fc.oneof(
    { weight: 12, arbitrary: record.map((one) => ({ record: one, state: "present" as const, deleted_at: null })) },
    { weight: 1, arbitrary: fc.constant(null) },
    {
      weight: 3,
      arbitrary: fc.record({
        record: fc.option(record),
        state: fc.constantFrom("deleted", "not_visible", "malformed", "present"),
        deleted_at: gone,
      }),
    },
  );
}

const customValues = fc.array(
  fc.oneof(
    fc.record({ id: fc.constant(41), value: fc.constantFrom(true, false, "Yes", "yes", "true", null) }),
    fc.record({ id: fc.constant(42), value: fc.constantFrom("Lead", "k1", "Matter", "lead", null) }),
    fc.record({ id: fc.constant(7), value: fc.constantFrom(1, 2.5, "text", "") }),
  ),
  { maxLength: 4 },
);

const caseOverrides = fc.record({
  name: text("Smith v. Jones"),
  practice_area: fc.constantFrom("Personal Injury", "Auto Accident", "Family Law", "personal injury", "Tax", null),
  case_stage: fc.constantFrom("Intake", "Trial", "New", "Appeal", null),
  status: fc.constantFrom("open", "closed"),
  opened_date: text("2026-01-02", "2026-02-30", "2026-01-02T23:00:00-08:00"),
  billing_contact: fc.option(fc.constantFrom(...clientIds, 99)),
  clients: someOf([...clientIds, 77]).map((ids) => ids.map((id) => ({ id }))),
  companies: someOf([1, 50]).map((ids) => ids.map((id) => ({ id }))),
  staff: fc.array(
    fc.record({
      id: fc.constantFrom(...staffIds, 88),
      lead_lawyer: fc.boolean(),
      originating_lawyer: fc.boolean(),
    }),
    { maxLength: 4 },
  ),
  custom_field_values: customValues.map((values) => values.map(({ id, value }) => ({ custom_field: { id }, value }))),
});

const personal = {
  first_name: text("Ada", "Grace"),
  email: text("a@example.com", "b@example.com"),
  cell_phone_number: phone,
  work_phone_number: phone,
  home_phone_number: phone,
};

const clientOverrides = fc.record({
  ...personal,
  people_group: fc.option(fc.constantFrom(1, 2, 3, 9)),
  birthdate: text("1980-02-29", "1981-02-29", "1980-02-29T00:00:00Z"),
  archived: fc.boolean(),
});

const staffOverrides = fc.record({
  ...personal,
  title: text("Attorney", "Partner", "attorney", "Clerk", "Janitor"),
  active: fc.boolean(),
});

function recordsOf<Overrides, Built>(
  ids: readonly number[],
  overrides: fc.Arbitrary<Overrides>,
  build: (id: number, overrides: Overrides) => Built,
): fc.Arbitrary<Map<number, Mirrored<Built> | null>> {
  return fc
    .tuple(...ids.map((id) => mirrored(overrides.map((one) => build(id, one)))))
    .map((records) => new Map(records.map((record, at) => [ids[at] ?? 0, record])));
}

const mappings = fc
  .record({
    enabled: fc.option(fc.constantFrom("disabled" as const, "enabled" as const), { nil: undefined }),
    lead: fc.boolean(),
    mode: fc.constantFrom("main" as const, "by_group" as const),
    roles: fc.boolean(),
    order: fc.constantFrom(["cell", "work", "home"] as const, ["home", "cell"] as const),
    narrow: fc.boolean(),
  })
  .map(({ enabled, lead, mode, roles, order, narrow }) =>
    mapping({
      fields: {
        ...(enabled === undefined ? {} : { enabled: { ...enabledBy41, when_blank: enabled } }),
        ...(lead ? { lead: leadBy42 } : {}),
      },
      contacts: {
        mode,
        phone_order: [...order],
        roles: roles
          ? [
              { key: "client", name: "Client", groups: ["Client"] },
              { key: "counsel", name: "Counsel", groups: ["Co-Counsel"] },
            ]
          : [],
      },
      ...(narrow
        ? {
            project_types: [{ key: "injury", name: "Injury", values: ["Personal Injury"], phases: [] }],
            team_roles: [],
          }
        : {}),
    }),
  );

/** A firm at one moment, with everything that MyCase may do to its records. */
export const firms: fc.Arbitrary<Firm> = fc.record({
  now: fc.constantFrom("2026-03-01T10:00:00Z", "2026-03-02T10:00:00Z"),
  mapping: fc.oneof({ weight: 12, arbitrary: mappings }, { weight: 1, arbitrary: fc.constant(null) }),
  country: fc.constantFrom("US", "GB", "XX"),
  pullLeadObjects: fc.boolean(),
  groups: fc.constant(
    new Map([
      [1, "Client"],
      [2, "Co-Counsel"],
      [3, "client"],
    ]),
  ),
  customFields: fc.constant(
    new Map([
      [41, customField(41, "Portal Enabled")],
      [42, customField(42, "Record Kind", { k1: "Lead", k2: "Matter" })],
    ]),
  ),
  cases: recordsOf(caseIds, caseOverrides, caseRecord),
  clients: recordsOf(clientIds, clientOverrides, clientRecord),
  staff: recordsOf(staffIds, staffOverrides, staffRecord),
  leads: recordsOf(leadIds, fc.record(personal), leadRecord),
});

/** The same ids at two moments: the second is derived on top of what the first made. */
export const histories = fc.tuple(firms, firms);
