import { expect, test } from "vitest";
import { mapping } from "./support/mapping.ts";
import { clientRecord, deleted, malformed } from "./support/records.ts";
import { World } from "./support/world.ts";

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

test("R28: in mode main exactly one contact is linked, with the role its group maps to", () => {
  const world = threeClients().withClient(5, { people_group: 1 });
  const made = world.outcomeOf(1);
  expect(made.contacts).toEqual([{ client_id: 5, role: "client", is_main: true }]);
  expect(made.contact_decisions.map(({ id, code }) => [id, code])).toEqual([
    [4, "not_main_contact"],
    [5, "main_contact"],
    [6, "not_main_contact"],
  ]);
  expect(made.contact_decisions.map(({ linked, is_main }) => [linked, is_main])).toEqual([
    [false, false],
    [true, true],
    [false, false],
  ]);
  expect([...world.tables.contacts.keys()]).toEqual([5]);
});

test("D1: a pinned contact comes first", () => {
  const world = threeClients().withCase(1, { ...clients(6, 4, 5), billing_contact: 5 });
  world.sync();
  pin(world, 1, 6);
  expect(world.outcomeOf(1).main_contact).toEqual({ client_id: 6, reason: "pinned" });
});

test("D1: a pin of someone no longer on the case is passed over, kept, and warned about", () => {
  const world = threeClients();
  world.sync();
  pin(world, 1, 99);
  const made = world.outcomeOf(1);
  expect(made.main_contact).toEqual({ client_id: 4, reason: "lowest_id" });
  expect(made.project?.pinned_contact_id).toBe(99);
  expect(made.warnings.map((one) => one.code)).toEqual(["pinned_not_on_case"]);
  pin(world, 1, 5);
  world.firm.clients.set(5, deleted(clientRecord(5)));
  expect(world.outcomeOf(1).warnings.map((one) => one.code)).toEqual(["pinned_not_usable"]);
});

test("D1: then the billing contact, if it is a client on the case", () => {
  const world = threeClients().withClient(4, { people_group: 1 });
  world.withCase(1, { ...clients(4, 5, 6), billing_contact: 6 });
  expect(world.outcomeOf(1).main_contact).toEqual({ client_id: 6, reason: "billing_contact" });
  world.withCase(1, { ...clients(4, 5, 6), billing_contact: 77 });
  expect(world.outcomeOf(1).main_contact).toEqual({ client_id: 4, reason: "only_in_group" });
});

test("D1: then the only client in a mapped group, then the lowest id in one, then the lowest id", () => {
  const world = threeClients().withClient(6, { people_group: 1 });
  expect(world.outcomeOf(1).main_contact).toEqual({ client_id: 6, reason: "only_in_group" });
  world.withClient(5, { people_group: 1 });
  expect(world.outcomeOf(1).main_contact).toEqual({ client_id: 5, reason: "lowest_in_group" });
  world.withClient(5).withClient(6, { people_group: 2 });
  expect(world.outcomeOf(1).main_contact).toEqual({ client_id: 4, reason: "lowest_id" });
});

test('D1: without contact roles, group "Client" counts, exactly', () => {
  const world = threeClients().withMapping(mapping({ contacts: {} }));
  world.withClient(5, { people_group: 3 }).withClient(6, { people_group: 1 });
  expect(world.outcomeOf(1).main_contact).toEqual({ client_id: 6, reason: "only_in_group" });
});

test("D1: deleted and unreadable clients are not candidates; nobody left means no contacts", () => {
  const world = threeClients();
  world.firm.clients.set(4, deleted(clientRecord(4))).set(5, malformed(null));
  const made = world.outcomeOf(1);
  expect(made.main_contact).toEqual({ client_id: 6, reason: "lowest_id" });
  expect(made.contact_decisions.map((one) => one.code)).toEqual([
    "contact_deleted",
    "contact_unavailable",
    "main_contact",
  ]);
  world.firm.clients.set(6, null);
  expect(world.outcomeOf(1)).toMatchObject({
    bucket: "project",
    main_contact: { client_id: null, reason: "no_contacts" },
  });
});

test("D14: no phone and no email is unreachable, and the project is not dropped", () => {
  const world = new World().withCase(1, clients(4)).withClient(4, { email: " ", cell_phone_number: "ask her sister" });
  expect(world.outcomeOf(1).bucket).toBe("project");
  expect(world.tables.contacts.get(4)).toMatchObject({
    reachable: false,
    email: null,
    phone: null,
    phone_raw: "ask her sister",
    phone_source: "cell",
  });
});

test("D12: companies are not pulled, with the reason", () => {
  const made = new World().withCase(1, { companies: [{ id: 50 }], billing_contact: 50 }).outcomeOf(1);
  expect(made.contacts).toEqual([]);
  expect(made.contact_decisions).toMatchObject([{ id: 50, linked: false, code: "company_contact_unsupported" }]);
});
