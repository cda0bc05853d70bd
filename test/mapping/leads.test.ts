import { expect, test } from "vitest";
import { enabledBy41, leadBy42, mapping } from "./support/mapping.ts";
import { customValue, deleted, leadRecord, malformed, present } from "./support/records.ts";
import { gateOf, World } from "./support/world.ts";

const isLead = { custom_field_values: [customValue(42, "Lead")] };
const leadMapping = mapping({ fields: { lead: leadBy42 } });

function leadWorld(): World {
  return new World().withMapping(leadMapping).withClient(4, { first_name: "Ada", cell_phone_number: "760-555-1234" });
}

test("R17: a case that the lead rule claims is a lead named after its main contact, and no project", () => {
  const world = leadWorld().withStaff(3);
  world.withCase(1, {
    ...isLead,
    clients: [{ id: 4 }],
    staff: [{ id: 3, lead_lawyer: true, originating_lawyer: true }],
  });
  const made = world.outcomeOf(1);
  expect(made).toMatchObject({ bucket: "lead", code: "lead", project: null, contacts: [], team: [] });
  expect(made.lead).toEqual({
    source: "case",
    source_id: 1,
    contact_id: 4,
    first_name: "Ada",
    last_name: "Last4",
    email: "client4@example.com",
    phone: "+17605551234",
    phone_raw: "760-555-1234",
    status: "open",
    deleted_at: null,
  });
  expect(made.contact_decisions[0]).toMatchObject({ id: 4, linked: true, code: "main_contact" });
  expect(world.tables.contacts.get(4)).toMatchObject({ kind: "lead", unlinked_at: null });
  expect(world.tables.members.size).toBe(0);
});

test("R17: without the rule the same case is a project with a client contact", () => {
  const world = leadWorld().withMapping(mapping());
  const made = world.withCase(1, { ...isLead, clients: [{ id: 4 }] }).outcomeOf(1);
  expect(made).toMatchObject({ bucket: "project", lead: null });
  expect(gateOf(made, "lead_rule").code).toBe("no_lead_rule");
  expect(world.tables.contacts.get(4)?.kind).toBe("client");
});

test("R17: a lead without contacts has empty names", () => {
  const made = leadWorld().withCase(1, isLead).outcomeOf(1);
  expect(made.lead).toMatchObject({ contact_id: null, first_name: null, last_name: null, deleted_at: null });
});

test("R17: a former project of a lead keeps its row without links, and returns when the lead ends", () => {
  const world = leadWorld().withStaff(3);
  const people = { clients: [{ id: 4 }], staff: [{ id: 3, lead_lawyer: false, originating_lawyer: false }] };
  world.withCase(1, people).sync();
  world.withCase(1, { ...people, ...isLead }).sync();
  expect(world.tables.projects.get(1)).toMatchObject({ is_lead: true, deleted_at: null, project_type: "injury" });
  expect([world.contactsOf(1), world.teamOf(1)]).toEqual([[], []]);
  world.firm.now = "2026-03-05T00:00:00Z";
  world.withCase(1, people).sync();
  expect(world.tables.projects.get(1)?.is_lead).toBe(false);
  expect(world.contactsOf(1)).toEqual([4]);
  expect(world.tables.leads.get("case:1")?.deleted_at).toBe("2026-03-05T00:00:00Z");
  world.firm.now = "2026-03-06T00:00:00Z";
  expect(world.sync().plan.ledger).toEqual([]);
});

test("R17: disabled beats the lead rule: no lead is made, and one that is here ends until it is enabled", () => {
  const world = leadWorld().withMapping(mapping({ fields: { lead: leadBy42, enabled: enabledBy41 } }));
  world.withCase(1, isLead);
  expect(world.outcomeOf(1)).toMatchObject({ bucket: "disabled", lead: null, project: null });
  const both = { custom_field_values: [customValue(41, "Yes"), customValue(42, "Lead")] };
  expect(world.withCase(1, both).outcomeOf(1)).toMatchObject({ bucket: "lead", lead: { deleted_at: null } });
  expect(world.withCase(1, isLead).outcomeOf(1)).toMatchObject({
    bucket: "disabled",
    lead: { deleted_at: world.firm.now },
  });
  expect(world.withCase(1, both).outcomeOf(1).lead?.deleted_at).toBeNull();
});

test("R17: a lead needs no mapped project type", () => {
  const made = leadWorld()
    .withCase(1, { ...isLead, practice_area: "Tax" })
    .outcomeOf(1);
  expect(made.bucket).toBe("lead");
  expect(made.gates.map((gate) => gate.gate)).toEqual(["exists", "enabled", "lead_rule"]);
});

test("D5: the lead of a deleted case ends with it", () => {
  const world = leadWorld().withCase(1, isLead);
  world.sync();
  world.firm.cases.set(1, deleted(null, "2026-02-09T00:00:00Z"));
  world.sync();
  expect(world.tables.leads.get("case:1")?.deleted_at).toBe("2026-02-09T00:00:00Z");
});

test("R17: in mode by_group a lead has only a contact of a mapped group", () => {
  const byGroup = mapping({
    fields: { lead: leadBy42 },
    contacts: { mode: "by_group", roles: [{ key: "client", name: "Client", groups: ["Client"] }] },
  });
  const world = leadWorld().withMapping(byGroup).withClient(5, { people_group: 1 });
  world.withCase(1, { ...isLead, clients: [{ id: 4 }, { id: 5 }] }).withCase(2, { ...isLead, clients: [{ id: 4 }] });
  const [first, second] = world.sync().outcome.cases;
  expect(first?.lead?.contact_id).toBe(5);
  expect(second?.lead?.contact_id).toBeNull();
  expect(second?.main_contact).toEqual({ client_id: null, reason: "no_contact_in_mapped_groups" });
});

test("R14, R16: lead objects become leads, never projects, and only when the firm pulls them", () => {
  const world = new World();
  world.firm.leads.set(9, present(leadRecord(9, { first_name: "Ada", work_phone_number: "760-555-1234" })));
  world.sync();
  expect(world.tables.leads.size).toBe(0);
  world.firm.pullLeadObjects = true;
  world.sync();
  expect(world.tables.leads.get("lead:9")).toMatchObject({
    first_name: "Ada",
    phone: "+17605551234",
    status: "New",
    contact_id: null,
    deleted_at: null,
  });
  expect(world.tables.projects.size).toBe(0);
});

test("D15: switching lead objects off ends their rows once, and on brings them back", () => {
  const world = new World();
  world.firm.pullLeadObjects = true;
  world.firm.leads.set(9, present(leadRecord(9)));
  world.sync();
  world.firm.pullLeadObjects = false;
  world.sync();
  const ended = world.tables.leads.get("lead:9")?.deleted_at;
  expect(ended).toBe(world.firm.now);
  world.firm.now = "2027-01-01T00:00:00Z";
  expect(world.sync().plan.ledger).toEqual([]);
  world.firm.pullLeadObjects = true;
  world.sync();
  expect(world.tables.leads.get("lead:9")?.deleted_at).toBeNull();
});

test("R19: with lead objects pulled, no lead rule is needed for leads beside projects", () => {
  const world = new World().withCase(1);
  world.firm.pullLeadObjects = true;
  world.firm.leads.set(9, present(leadRecord(9)));
  world.sync();
  expect([...world.tables.projects.keys()]).toEqual([1]);
  expect([...world.tables.leads.keys()]).toEqual(["lead:9"]);
});

test("R65: a lead object without a usable record keeps the row there is, and makes none", () => {
  const world = new World();
  world.firm.pullLeadObjects = true;
  world.firm.leads.set(8, malformed(null)).set(9, present(leadRecord(9)));
  world.sync();
  world.firm.leads.set(9, malformed(null));
  expect(world.sync().plan.ledger).toEqual([]);
  expect([...world.tables.leads.keys()]).toEqual(["lead:9"]);
});

test("D5: a lead object that MyCase deleted ends when that was seen, and returns", () => {
  const world = new World();
  world.firm.pullLeadObjects = true;
  world.firm.leads.set(9, present(leadRecord(9)));
  world.sync();
  world.firm.leads.set(9, deleted(leadRecord(9), "2026-02-09T00:00:00Z"));
  world.sync();
  expect(world.tables.leads.get("lead:9")?.deleted_at).toBe("2026-02-09T00:00:00Z");
  world.firm.leads.set(9, present(leadRecord(9)));
  world.sync();
  expect(world.tables.leads.get("lead:9")?.deleted_at).toBeNull();
});
