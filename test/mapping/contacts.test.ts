import { expect, test } from "vitest";
import { leadBy42, mapping } from "./support/mapping.ts";
import { clientRecord, customValue, deleted, malformed, notVisible } from "./support/records.ts";
import { World } from "./support/world.ts";

const byGroup = mapping({
  contacts: {
    mode: "by_group",
    roles: [
      { key: "client", name: "Client", groups: ["Client"] },
      { key: "counsel", name: "Counsel", groups: ["Co-Counsel"] },
    ],
  },
});

function clients(...ids: number[]) {
  return { clients: ids.map((id) => ({ id })) };
}

function pin(world: World, caseId: number, clientId: number): void {
  const project = world.tables.projects.get(caseId);
  if (project === undefined) throw new Error(`no project ${caseId}`);
  world.tables.projects.set(caseId, { ...project, pinned_contact_id: clientId });
}

function threeClients(): World {
  return new World()
    .withClient(4)
    .withClient(5)
    .withClient(6)
    .withCase(1, clients(6, 4, 5));
}

test("R65: a client whose record became unreadable or invisible stays linked as last known", () => {
  const world = new World().withClient(4).withClient(5).withCase(1, clients(4, 5));
  world.sync();
  world.firm.clients.set(4, malformed(clientRecord(4)));
  expect(world.sync().plan.ledger).toEqual([]);
  world.firm.clients.set(4, notVisible(clientRecord(4)));
  expect(world.sync().plan.ledger).toEqual([]);
  expect(world.contactsOf(1)).toEqual([4]);
});

test("R27, R41: a person on a live project is a client, even if also on a lead; on a lead alone, a lead", () => {
  const world = new World().withMapping(mapping({ fields: { lead: leadBy42 } })).withClient(4);
  const lead = { custom_field_values: [customValue(42, "Lead")] };
  world.withCase(1, clients(4)).withCase(2, { ...clients(4), ...lead });
  world.sync();
  expect(world.tables.contacts.get(4)?.kind).toBe("client");
  world.withCase(1, { ...clients(4), ...lead }).sync();
  expect(world.tables.contacts.get(4)?.kind).toBe("lead");
});

test("R36-R39: in mode by_group every client of a mapped group is linked with its role, the others not", () => {
  const world = threeClients().withMapping(byGroup).withClient(4, { people_group: 1 });
  world.withClient(5, { people_group: 2 }).withClient(6, { people_group: 3 });
  const made = world.outcomeOf(1);
  expect(made.contacts).toEqual([
    { client_id: 4, role: "client", is_main: true },
    { client_id: 5, role: "counsel", is_main: false },
  ]);
  expect(made.main_contact.reason).toBe("lowest_in_group");
  expect(made.contact_decisions.map(({ id, code }) => [id, code])).toEqual([
    [4, "main_contact"],
    [5, "linked_by_group"],
    [6, "group_not_mapped"],
  ]);
  expect(made.contact_decisions[2]).toMatchObject({
    group: "client",
    near_miss: { expected: "Client", difference: "case" },
  });
});

test("R36-R39: a pinned contact is linked whatever its group, and nobody in a mapped group is a reason", () => {
  const world = threeClients().withMapping(byGroup);
  const made = world.outcomeOf(1);
  expect(made).toMatchObject({ bucket: "project", contacts: [] });
  expect(made.main_contact).toEqual({ client_id: null, reason: "no_contact_in_mapped_groups" });
  pin(world, 1, 6);
  expect(world.outcomeOf(1).contacts).toEqual([{ client_id: 6, role: null, is_main: true }]);
  world.withCase(1);
  expect(world.outcomeOf(1).main_contact.reason).toBe("no_contacts");
});

test("R36-R39: by group, only a linked billing contact is the main one", () => {
  const world = threeClients().withMapping(byGroup).withClient(5, { people_group: 1 });
  world.withCase(1, { ...clients(4, 5, 6), billing_contact: 4 });
  expect(world.outcomeOf(1).main_contact).toEqual({ client_id: 5, reason: "only_in_group" });
});

test("R37: two clients of one mapped group are both linked, not one of them", () => {
  const world = new World().withMapping(byGroup).withClient(4, { people_group: 1 }).withClient(5, { people_group: 1 });
  world.withCase(1, clients(5, 4)).sync();
  expect(world.contactsOf(1)).toEqual([4, 5]);
});

test("R38: a role may be meant by several groups, and everybody of them gets it", () => {
  const roles = [{ key: "anyone", name: "Anyone", groups: ["Client", "Co-Counsel"] }];
  const world = new World().withMapping(mapping({ contacts: { mode: "by_group", roles } }));
  world.withClient(4, { people_group: 1 }).withClient(5, { people_group: 2 }).withCase(1, clients(4, 5));
  expect(world.outcomeOf(1).contacts.map(({ client_id, role }) => [client_id, role])).toEqual([
    [4, "anyone"],
    [5, "anyone"],
  ]);
});

test("R42: the group is the person's, so one change of group shows on all their cases", () => {
  const world = new World().withMapping(byGroup).withClient(4, { people_group: 1 });
  world.withCase(1, clients(4)).withCase(2, clients(4)).sync();
  world.withClient(4, { people_group: 2 });
  const { outcome } = world.sync();
  expect(outcome.cases.map((one) => one.contacts[0]?.role)).toEqual(["counsel", "counsel"]);
});

test("R30-R35: a contact has names, group name, email, phone and birth date as MyCase has them", () => {
  const world = new World().withCase(1, clients(4)).withClient(4, {
    first_name: " Ada",
    last_name: "",
    people_group: 2,
    work_phone_number: "(760) 555-1234 ext. 12",
    birthdate: "1980-02-29",
    archived: true,
  });
  world.sync();
  expect(world.tables.contacts.get(4)).toEqual({
    client_id: 4,
    kind: "client",
    first_name: " Ada",
    last_name: null,
    group_name: "Co-Counsel",
    email: "client4@example.com",
    phone: "+17605551234",
    phone_raw: "(760) 555-1234 ext. 12",
    phone_source: "work",
    birthdate: "1980-02-29",
    reachable: true,
    archived: true,
    unlinked_at: null,
    deleted_at: null,
  });
});

test("R31: the group's name is the one its id has now, so a renamed group shows though nobody in it changed", () => {
  const world = new World().withClient(4, { people_group: 2 }).withCase(1, clients(4));
  world.sync();
  world.firm.groups.set(2, "Other Side");
  world.sync();
  expect(world.tables.contacts.get(4)?.group_name).toBe("Other Side");
});

test("R32: the email is the one that MyCase has now; a blank one is none", () => {
  const world = new World().withCase(1, clients(4)).withClient(4, { email: "ada@example.com" });
  world.sync();
  expect(world.tables.contacts.get(4)).toMatchObject({ email: "ada@example.com", reachable: true });
  world.withClient(4, { email: " " }).sync();
  expect(world.tables.contacts.get(4)).toMatchObject({ email: null, reachable: false });
});

test("R30-R35: an unknown group and an invalid birth date are null, with a warning each", () => {
  const world = new World().withCase(1, clients(4)).withClient(4, { people_group: 99, birthdate: "1981-02-29" });
  expect(world.outcomeOf(1).warnings.map((one) => one.code)).toEqual(["group_unknown", "birthdate_invalid"]);
  expect(world.tables.contacts.get(4)).toMatchObject({ group_name: null, birthdate: null });
});

test("R41: one person on many cases is one contact, and a fix shows once", () => {
  const world = new World().withClient(4).withCase(1, clients(4)).withCase(2, clients(4));
  world.sync();
  expect([...world.tables.contactLinks.keys()]).toEqual(["1:4", "2:4"]);
  const { plan } = world.withClient(4, { email: "new@example.com" }).sync();
  expect(plan.ledger).toEqual([
    { entity: "contact", entity_id: "4", field: "email", old: "client4@example.com", new: "new@example.com" },
  ]);
});

test("R41: a contact taken off its last case is marked unlinked once, and cleared when linked again", () => {
  const world = new World().withClient(4).withCase(1, clients(4)).withCase(2, clients(4));
  world.sync();
  world.withCase(1).sync();
  expect(world.tables.contacts.get(4)?.unlinked_at).toBeNull();
  world.withCase(2).sync();
  expect(world.tables.contacts.get(4)?.unlinked_at).toBe(world.firm.now);
  world.firm.now = "2027-01-01T00:00:00Z";
  expect(world.sync().plan.ledger).toEqual([]);
  world.withCase(2, clients(4)).sync();
  expect(world.tables.contacts.get(4)?.unlinked_at).toBeNull();
});

test("D5: a deleted client keeps its row as last known, is unlinked, and returns", () => {
  const world = new World().withClient(4).withCase(1, clients(4));
  world.sync();
  const before = world.tables.contacts.get(4);
  world.firm.clients.set(4, deleted(clientRecord(4, { email: null }), "2026-02-09T00:00:00Z"));
  world.sync();
  expect(world.tables.contacts.get(4)).toEqual({
    ...before,
    deleted_at: "2026-02-09T00:00:00Z",
    unlinked_at: world.firm.now,
  });
  expect(world.contactsOf(1)).toEqual([]);
  world.withClient(4).sync();
  expect(world.tables.contacts.get(4)).toEqual(before);
});

test("R65: one bad contact record never hides the project or the other contacts", () => {
  const world = threeClients().withMapping(byGroup);
  world.withClient(4, { people_group: 1 }).withClient(6, { people_group: 2 });
  world.firm.clients.set(4, malformed(null));
  const made = world.outcomeOf(1);
  expect(made.bucket).toBe("project");
  expect(made.contacts.map((link) => link.client_id)).toEqual([6]);
});
