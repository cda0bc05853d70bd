import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { RECORD_MODELS } from "../../src/domain/resources.ts";
import { isRecognised, parseEvents } from "../../src/mycase/webhook/parse-event.ts";

const read = (body: unknown) => parseEvents(body, "case")[0] ?? null;

describe("every plausible body is read as an event", () => {
  test.each([
    [{ resource: "Case", action: "updated", resource_body: { id: 7 } }, "case", "updated"],
    [{ resource: "Client", action: "created", resource_body: { id: 7, first_name: "Ada" } }, "client", "created"],
    [{ resource: "Lead", action: "deleted", resource_body: { id: "7" } }, "lead", "deleted"],
    [{ resource: "Cases", action: "Updated", data: { id: 7 } }, "case", "updated"],
    [{ resource: { id: 7 }, model: "company", action: "updated" }, "company", "updated"],
    [{ model: "case", action: "updated", id: 7 }, "case", "updated"],
    [{ model: "client", action: "created", id: "7", extra: [{}], at: null }, "client", "created"],
    [{ model: "CASE", action: " UPDATED ", id: 7 }, "case", "updated"],
    [{ resource_type: "company", action: "deleted", resource_id: 7 }, "company", "deleted"],
    [{ event_type: "company.deleted", resource_id: 7 }, "company", "deleted"],
    [{ event_type: "lead_updated", resource_id: "7" }, "lead", "updated"],
    [{ event_type: "case:created", resource_id: 7 }, "case", "created"],
    [{ event: "case/updated", data: { id: 7 } }, "case", "updated"],
    [{ type: "client.updated", data: { id: 7 } }, "client", "updated"],
    [{ event_type: "updated", model: "lead", id: 7 }, "lead", "updated"],
    [{ event_type: "deleted", id: 7 }, "case", "deleted"],
    [{ model: "Person", action: "updated", id: 7 }, "client", "updated"],
    [{ model: "people", action: "updated", id: 7 }, "client", "updated"],
    [{ model: "contacts", action: "updated", id: 7 }, "client", "updated"],
    [{ model: "companies", action: "updated", id: 7 }, "company", "updated"],
    [{ id: 7 }, "case", "unknown"],
    [{ type: "case.updated", data: { object: { id: 7 } } }, "case", "updated"],
    [{ id: "evt_1", type: "client.deleted", data: { id: "obj", object: { id: "7" } } }, "client", "deleted"],
    [{ case: { id: 7 } }, "case", "unknown"],
    [{ action: "updated", contact: { id: 7 } }, "client", "updated"],
    [{ event_type: "lead.created", lead: { id: 7 }, id: 999 }, "lead", "created"],
  ])("%j", (body, model, action) => {
    expect(read(body)).toMatchObject({ model, action, id: 7 });
  });

  test("and a body that names no kind is of the kind that was subscribed to", () => {
    for (const model of ["case", "client", "company", "lead"])
      expect(parseEvents({ action: "updated", id: 7 }, model)).toMatchObject([{ model, name: model }]);
  });
});

test("the id of the record goes before an id of the envelope, which may be the event's own", () => {
  expect(read({ id: 999, resource: "Case", action: "updated", resource_body: { id: 7 } })).toMatchObject({ id: 7 });
  expect(read({ id: "evt_1", event_type: "case.updated", resource_id: 7 })).toMatchObject({ id: 7 });
  expect(read({ id: 999, type: "case.updated", data: { id: 7 } })).toMatchObject({ id: 7 });
});

test.each(["constructor", "__proto__", "toString", "valueOf", "hasOwnProperty", "constructors"])(
  "what every object has is not a kind: %s",
  (name) => {
    for (const body of [
      { model: name, id: 7 },
      { resource: name, id: 7 },
      { event_type: `${name}.updated`, id: 7 },
    ])
      expect(read(body)).toMatchObject({ model: null, name, id: 7 });
    expect(read({ event_type: name, id: 7 })).toMatchObject({ model: null });
  },
);

test("an unknown kind keeps its name, an unknown action its own; neither is recognised", () => {
  expect(read({ model: "Invoice", action: "paid", id: 7 })).toEqual({
    model: null,
    name: "Invoice",
    action: "paid",
    id: 7,
  });
  const recognised = (model: string, action: string) => {
    const event = read({ model, action, id: 1 });
    return event !== null && isRecognised(event);
  };
  expect([recognised("case", "updated"), recognised("case", "merged"), recognised("invoice", "updated")]).toEqual([
    true,
    false,
    false,
  ]);
});

test("what the sender calls things is cut to a length that fits a counter's key", () => {
  const event = read({ model: "m".repeat(5000), action: "a".repeat(5000), id: 1 });
  expect([event?.name.length, event?.action.length]).toEqual([64, 64]);
});

test.each([
  [0],
  [-1],
  [1.5],
  [2 ** 53],
  ["0"],
  ["-7"],
  ["7.0"],
  ["1e3"],
  ["0x7"],
  [" 7"],
  [""],
  ["9".repeat(17)],
  [true],
  [null],
  [{}],
  [[7]],
])("%j is not an id, and without one there is no event", (id) => {
  expect(read({ model: "case", action: "updated", id })).toBeNull();
  expect(read({ resource: "Case", action: "updated", resource_body: { id } })).toBeNull();
});

test.each([
  [
    [
      { model: "case", action: "updated", id: 7 },
      { type: "client.updated", data: { object: { id: 8 } } },
    ],
  ],
  [
    {
      events: [
        { model: "case", action: "updated", id: 7 },
        { event_type: "client.updated", resource_id: 8 },
      ],
    },
  ],
  [
    {
      id: "batch_1",
      events: [{ model: "case", action: "updated", id: 7 }, null, {}, { model: "client", action: "updated", id: 8 }],
    },
  ],
])("an array of events is read event by event: %j", (body) => {
  expect(parseEvents(body, "lead")).toMatchObject([
    { model: "case", action: "updated", id: 7 },
    { model: "client", action: "updated", id: 8 },
  ]);
});

test("a record that carries another one is still itself", () => {
  expect(read({ model: "client", action: "updated", id: 7, case: { id: 9 } })).toMatchObject({
    model: "client",
    id: 7,
  });
});

test.each([[null], [7], ["case"], [true], [[]], [[null]], [[[{ id: 7 }]]], [{ events: [] }], [{}]])(
  "%j is not an event",
  (body) => {
    expect(read(body)).toBeNull();
  },
);

const keys = fc.constantFrom(
  "id",
  "resource",
  "resource_body",
  "resource_id",
  "resource_type",
  "data",
  "object",
  "events",
  "case",
  "model",
  "action",
  "event",
  "event_type",
  "type",
);
const junk = fc.oneof(fc.jsonValue({ maxDepth: 6 }), fc.dictionary(keys, fc.jsonValue({ maxDepth: 3 })));

test("no body whatever makes the reader throw, and what it gives is always usable", () => {
  fc.assert(
    fc.property(junk, (body) => {
      const event = read(body);
      if (event === null) return;
      expect(Number.isSafeInteger(event.id) && event.id > 0).toBe(true);
      expect(event.model === null || RECORD_MODELS.includes(event.model)).toBe(true);
      expect(event.name.length <= 64 && event.action.length <= 64).toBe(true);
    }),
    { numRuns: 1000 },
  );
});
