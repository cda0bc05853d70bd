import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { MODELS, type Model } from "../../src/domain/resources.ts";
import { RESOURCES } from "../../src/mycase/client/resources.ts";
import { subscriptionWire } from "../../src/mycase/wire/subscription.ts";

/** A complete record of each kind, as the documents of MyCase show it. */
const RECORDS: Record<Model, Record<string, unknown>> = {
  case: {
    id: 1,
    name: "Byron v. Clark",
    case_number: "N-1",
    opened_date: "2026-01-02",
    closed_date: null,
    practice_area: "Personal Injury",
    case_stage: "Intake",
    status: "open",
    billing_type: "hourly",
    billing_contact: { id: 2 },
    clients: [{ id: 2 }, { id: 3, first_name: "Ben" }],
    companies: [{ id: 4 }],
    staff: [{ id: 11, lead_lawyer: true, originating_lawyer: false, case_rate: 250 }],
    custom_field_values: [{ custom_field: { id: 41 }, value: true }],
    office: { id: 1, name: "Main" },
    updated_at: "2026-01-02T03:04:05Z",
  },
  client: {
    id: 2,
    first_name: "Ada",
    last_name: "Byron",
    email: "ada@example.com",
    cell_phone_number: "212-555-0101",
    work_phone_number: null,
    home_phone_number: "",
    birthdate: "1990-12-10",
    people_group: { id: 1 },
    archived: false,
    updated_at: "2026-01-02T03:04:05Z",
  },
  staff: {
    id: 11,
    first_name: "Sam",
    last_name: "Stone",
    email: "sam@example.com",
    title: "Attorney",
    cell_phone_number: null,
    work_phone_number: null,
    home_phone_number: null,
    active: true,
    updated_at: "2026-01-02T03:04:05Z",
  },
  lead: {
    id: 21,
    first_name: "Lee",
    last_name: "Ad",
    email: "lee@example.com",
    cell_phone_number: null,
    work_phone_number: null,
    home_phone_number: null,
    birthdate: null,
    status: "New",
    updated_at: "2026-01-02T03:04:05Z",
  },
  company: { id: 4, name: "Clark Ltd", updated_at: "2026-01-02T03:04:05Z" },
  custom_field: {
    id: 41,
    name: "Portal",
    parent_type: "case",
    field_type: "list",
    list_options: [{ key: "a", option: "Yes" }],
    updated_at: "2026-01-02T03:04:05Z",
  },
  people_group: { id: 1, name: "Client", updated_at: "2026-01-02T03:04:05Z" },
  case_stage: { id: 1, name: "Intake", updated_at: "2026-01-02T03:04:05Z" },
  practice_area: { id: 1, name: "Family Law", updated_at: "2026-01-02T03:04:05Z" },
};

const models = fc.constantFrom(...MODELS);
const parse = (model: Model, record: unknown) => RESOURCES[model].wire.safeParse(record);

/** A JSON value with some of its leaves and branches, ids aside, made null or taken away. */
function thinned(value: unknown, chance: () => number): unknown {
  if (Array.isArray(value)) return value.map((item) => (chance() < 30 ? null : thinned(item, chance)));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).flatMap(([key, item]): [string, unknown][] => {
    if (key === "id") return [[key, item]];
    const draw = chance();
    if (draw < 25) return [];
    return [[key, draw < 50 ? null : thinned(item, chance)]];
  });
  return Object.fromEntries(entries);
}

describe.each(MODELS.map((model) => [model, RECORDS[model]] as const))("a %s", (model, record) => {
  test("as documented is read", () => {
    expect(parse(model, record)).toMatchObject({ success: true, data: { id: record.id } });
  });

  test("with nothing but its id is read", () => {
    expect(parse(model, { id: record.id })).toMatchObject({ success: true, data: { id: record.id, updated_at: null } });
  });

  test.each(Object.keys(record).filter((field) => field !== "id"))(
    "without %s, or with null for it, is read",
    (field) => {
      const { [field]: _, ...without } = record;
      expect(parse(model, without).success).toBe(true);
      expect(parse(model, { ...record, [field]: null }).success).toBe(true);
    },
  );

  test.each([[undefined], [null], ["x7"], ["07"], ["0"], [0], [-1], [1.5], [2 ** 53], [{}]])(
    "with the id %j is refused",
    (id) => {
      expect(parse(model, { ...record, id }).success).toBe(false);
    },
  );

  test.each([[null], [[]], ["text"], [7], [undefined]])("is never %j", (body) => {
    expect(parse(model, body).success).toBe(false);
  });

  test("with texts of another shape is refused", () => {
    const field = model === "case" || model.includes("_") || model === "company" ? "name" : "last_name";
    for (const value of [true, {}, [], ["x"]]) expect(parse(model, { ...record, [field]: value }).success).toBe(false);
  });
});

test("null or nothing anywhere but in an id costs no record", () => {
  fc.assert(
    fc.property(models, fc.infiniteStream(fc.integer({ min: 0, max: 99 })), (model, stream) => {
      const chance = () => stream.next().value as number;
      expect(parse(model, thinned(RECORDS[model], chance)).success).toBe(true);
    }),
    { numRuns: 500 },
  );
});

test("fields that MyCase adds pass, at the top and nested", () => {
  fc.assert(
    fc.property(models, fc.jsonValue(), (model, value) => {
      expect(parse(model, { ...RECORDS[model], added_later: value }).success).toBe(true);
    }),
  );
  const added = { ...RECORDS.case, billing_contact: { id: 2, kind: "client" }, clients: [{ id: 2, vip: true }] };
  expect(parse("case", added)).toMatchObject({ data: { billing_contact: 2, clients: [{ id: 2, vip: true }] } });
});

test("a number where a text is documented is read as its decimal form", () => {
  expect(parse("case", { id: 1, case_number: 2026, name: 0 })).toMatchObject({
    data: { case_number: "2026", name: "0" },
  });
});

test("what is missing reads as nothing: no text, no flag, no links; but staff as active", () => {
  expect(parse("case", { id: 1, staff: [{ id: 11 }] })).toEqual({
    success: true,
    data: {
      id: 1,
      name: null,
      case_number: null,
      opened_date: null,
      closed_date: null,
      practice_area: null,
      case_stage: null,
      status: null,
      billing_type: null,
      billing_contact: null,
      clients: [],
      companies: [],
      staff: [{ id: 11, lead_lawyer: false, originating_lawyer: false }],
      custom_field_values: [],
      office: null,
      updated_at: null,
    },
  });
  expect(parse("staff", { id: 11 })).toMatchObject({ data: { active: true } });
  expect(parse("client", { id: 2 })).toMatchObject({ data: { archived: false, people_group: null } });
});

test("every declared type of a custom field's value is kept as it is, null too", () => {
  for (const value of ["Yes", "", 12.5, 0, true, false, null]) {
    const record = { id: 1, custom_field_values: [{ custom_field: { id: 41 }, value }] };
    expect(parse("case", record)).toMatchObject({ data: { custom_field_values: [{ value }] } });
  }
});

test("a custom field's value that does not say which field it is of is passed over, and the others are kept", () => {
  const nameless = [{ custom_field: null, value: 1 }, { custom_field: {}, value: 2 }, { value: 3 }];
  const values = [...nameless, { custom_field: { id: 41, field_type: "boolean" }, value: true }];
  expect(parse("case", { ...RECORDS.case, custom_field_values: values })).toMatchObject({
    data: { custom_field_values: [{ custom_field: { id: 41 }, value: true }] },
  });
});

test.each([
  ["clients as a text", { clients: "none" }],
  ["clients as an object", { clients: { id: 2 } }],
  ["a billing contact as a number", { billing_contact: 2 }],
  ["a custom field's value as an object", { custom_field_values: [{ custom_field: { id: 41 }, value: {} }] }],
])("a case with %s is refused, so that it never looks like one with fewer links", (_, fields) => {
  expect(parse("case", { ...RECORDS.case, ...fields }).success).toBe(false);
});

test("no answer whatever makes a schema throw", () => {
  fc.assert(fc.property(models, fc.jsonValue({ maxDepth: 5 }), (model, body) => void parse(model, body)));
});

test("a subscription's id may come as a number, and is a text here", () => {
  expect(subscriptionWire.parse({ id: 5, model: "case", url: "https://x", hmac_key: "k", actions: [] })).toEqual({
    id: "5",
    model: "case",
    url: "https://x",
    hmac_key: "k",
  });
  expect(subscriptionWire.safeParse({ model: "case" }).success).toBe(false);
});

test.each(MODELS)("the id of a %s may come as text", (model) => {
  const { id } = RECORDS[model];
  expect(parse(model, { ...RECORDS[model], id: String(id) })).toMatchObject({ success: true, data: { id } });
});

test("ids inside a case may come as text too", () => {
  const record = {
    id: "1",
    billing_contact: { id: "2" },
    clients: [{ id: "2" }],
    staff: [{ id: "11" }],
    custom_field_values: [{ custom_field: { id: "41" }, value: true }],
  };
  expect(parse("case", record)).toMatchObject({
    data: {
      id: 1,
      billing_contact: 2,
      clients: [{ id: 2 }],
      staff: [{ id: 11 }],
      custom_field_values: [{ custom_field: { id: 41 } }],
    },
  });
});

test.each([
  [1, true],
  [0, false],
  ["true", true],
  ["False", false],
  ["1", true],
  [true, true],
  ["maybe", false],
  [{}, false],
])("R65: the flag %j reads as %j", (value, expected) => {
  expect(parse("case", { id: 1, staff: [{ id: 11, lead_lawyer: value }] })).toMatchObject({
    data: { staff: [{ id: 11, lead_lawyer: expected }] },
  });
  expect(parse("client", { id: 2, archived: value })).toMatchObject({ data: { archived: expected } });
});

test("R65: people on a case without a usable id cost only themselves", () => {
  const clients = [{ first_name: "Ada" }, "Ben", 7, { id: {} }, { id: 3 }];
  expect(parse("case", { id: 1, clients, staff: [{ id: -1 }, { id: 11 }] })).toMatchObject({
    data: { clients: [{ id: 3 }], staff: [{ id: 11 }] },
  });
});

test.each(["client", "lead"] as const)("R65: a birthdate of another shape costs the %s only its birthdate", (model) => {
  expect(parse(model, { ...RECORDS[model], birthdate: { year: 1990 } })).toMatchObject({
    data: { birthdate: null, last_name: RECORDS[model].last_name },
  });
});
