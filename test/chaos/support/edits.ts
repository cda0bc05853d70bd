import type { CaseRecord } from "../../../simulator/records.ts";
import type { ChaosWorld } from "./chaos-world.ts";
import { AREAS, CASES, CLIENTS, caseOf, FIELDS, GROUPS, STAFF, STAGES, staffOn, TITLES } from "./tiny-firm.ts";

type Edit = (world: ChaosWorld, options: { silent: boolean }) => string | null;

/** An edit of a random case that there is. */
function onCase(work: (world: ChaosWorld, id: number, options: { silent: boolean }) => string): Edit {
  return (world, options) => {
    const ids = [...world.simulator.firm.cases.keys()];
    if (ids.length === 0) return null;
    const id = world.dice.pick(ids);
    return `${work(world, id, options)} on case ${id}`;
  };
}

function onClient(work: (world: ChaosWorld, id: number, options: { silent: boolean }) => string): Edit {
  return (world, options) => {
    const ids = [...world.simulator.firm.clients.keys()];
    if (ids.length === 0) return null;
    const id = world.dice.pick(ids);
    return `${work(world, id, options)} of client ${id}`;
  };
}

const change = (patch: (world: ChaosWorld) => Partial<CaseRecord>) =>
  onCase((world, id, options) => {
    const fields = patch(world);
    world.simulator.edit.update("cases", id, fields, options);
    return JSON.stringify(fields);
  });

/** What people do in MyCase. */
const EDITS = {
  createCase: (world, options) => {
    const free = CASES.filter((id) => !world.simulator.firm.cases.has(id));
    if (free.length === 0) return null;
    const id = world.dice.pick(free);
    world.simulator.edit.create("cases", withKnownPeople(world, caseOf(world.dice, id)), options);
    return `create case ${id}`;
  },
  deleteCase: (world, options) => {
    const ids = [...world.simulator.firm.cases.keys()];
    if (ids.length < 3) return null;
    const id = world.dice.pick(ids);
    world.simulator.edit.remove("cases", id, options);
    return `delete case ${id}`;
  },
  rename: change(({ dice }) => ({ name: `Case ${dice.from(1, 999)}` })),
  stage: change(({ dice }) => ({ case_stage: dice.chance(0.1) ? null : dice.pick(STAGES) })),
  area: change(({ dice }) => ({ practice_area: dice.chance(0.1) ? null : dice.pick(AREAS) })),
  close: change(({ dice }) =>
    dice.chance(0.5) ? { status: "closed", closed_date: "2040-01-02" } : { status: "open", closed_date: null },
  ),
  addClient: onCase((world, id, options) => {
    const clients = [...world.simulator.firm.clients.keys()];
    if (clients.length === 0) return "add nobody";
    const client = world.dice.pick(clients);
    world.simulator.edit.addCaseClient(id, client, options);
    return `add client ${client}`;
  }),
  removeClient: onCase((world, id, options) => {
    const { clients } = world.simulator.edit.get("cases", id);
    if (clients.length === 0) return "remove nobody";
    const client = world.dice.pick(clients).id;
    world.simulator.edit.removeCaseClient(id, client, options);
    return `remove client ${client}`;
  }),
  billing: onCase((world, id, options) => {
    const { clients } = world.simulator.edit.get("cases", id);
    if (clients.length > 0)
      world.simulator.edit.update("cases", id, { billing_contact: world.dice.pick(clients) }, options);
    return "set billing contact";
  }),
  assign: onCase((world, id, options) => {
    const staff = staffOn(world.dice, world.dice.pick(STAFF));
    world.simulator.edit.addCaseStaff(id, staff.id, staff, options);
    return `assign staff ${staff.id}`;
  }),
  unassign: onCase((world, id, options) => {
    const { staff } = world.simulator.edit.get("cases", id);
    if (staff.length === 0) return "unassign nobody";
    const staffId = world.dice.pick(staff).id;
    world.simulator.edit.removeCaseStaff(id, staffId, options);
    return `unassign staff ${staffId}`;
  }),
  enable: onCase((world, id, options) => {
    const value = world.dice.pick([true, false, null]);
    world.simulator.edit.setCaseField(id, FIELDS.enabled, value, options);
    return `enabled ${value}`;
  }),
  kind: onCase((world, id, options) => {
    const value = world.dice.pick(["Lead", "Matter", null]);
    world.simulator.edit.setCaseField(id, FIELDS.kind, value, options);
    return `kind ${value}`;
  }),
  text: onCase((world, id, options) => {
    world.simulator.edit.setCaseField(id, FIELDS.text, `text ${world.dice.from(1, 99)}`, options);
    return "custom text";
  }),
  renameClient: onClient((world, id, options) => {
    const first_name = world.dice.pick(["Ada", "Ben", "Zoë", ""]);
    world.simulator.edit.update("clients", id, { first_name }, options);
    return `name '${first_name}'`;
  }),
  phone: onClient((world, id, options) => {
    const cell_phone_number = world.dice.pick(["", "(212) 555-0199", "nonsense", "+44 20 7946 0018"]);
    const email = world.dice.pick(["", `c${id}@example.com`]);
    world.simulator.edit.update("clients", id, { cell_phone_number, email }, options);
    return `phone '${cell_phone_number}' email '${email}'`;
  }),
  regroup: onClient((world, id, options) => {
    const groups = GROUPS.filter((group) => world.simulator.firm.people_groups.has(group));
    const people_group = world.dice.chance(0.3) ? null : { id: world.dice.pick(groups) };
    world.simulator.edit.update("clients", id, { people_group }, options);
    return `group ${people_group?.id}`;
  }),
  archive: onClient((world, id, options) => {
    const archived = world.dice.chance(0.5);
    world.simulator.edit.update("clients", id, { archived }, options);
    return `archived ${archived}`;
  }),
  deleteClient: onClient((world, id, options) => {
    world.simulator.edit.remove("clients", id, options);
    return "deletion";
  }),
  createClient: (world, options) => {
    const free = CLIENTS.filter((id) => !world.simulator.firm.clients.has(id));
    if (free.length === 0) return null;
    const id = world.dice.pick(free);
    world.simulator.edit.create("clients", { id, first_name: "Back", last_name: `Nr ${id}` }, options);
    return `create client ${id}`;
  },
  title: (world) => {
    const id = world.dice.pick(STAFF);
    const patch = world.dice.chance(0.4) ? { active: world.dice.chance(0.5) } : { title: world.dice.pick(TITLES) };
    world.simulator.edit.update("staff", id, patch);
    return `staff ${id} ${JSON.stringify(patch)}`;
  },
  renameGroup: (world) => {
    const id = world.dice.pick(GROUPS);
    const name = world.dice.pick(["Client", "Customer", "Judge"]);
    world.simulator.edit.update("people_groups", id, { name });
    return `group ${id} is '${name}'`;
  },
  lead: (world, options) => {
    const id = world.dice.from(61, 63);
    const fields = { id, first_name: world.dice.pick(["Lea", "Leo"]), status: world.dice.pick(["New", "Contacted"]) };
    if (world.simulator.firm.leads.has(id)) world.simulator.edit.update("leads", id, fields, options);
    else world.simulator.edit.create("leads", fields, options);
    return `lead ${id}`;
  },
} satisfies Record<string, Edit>;

const OFTEN: Partial<Record<keyof typeof EDITS, number>> = {
  createCase: 2,
  stage: 2,
  addClient: 2,
  removeClient: 2,
  assign: 2,
  unassign: 2,
  deleteClient: 0.5,
  renameGroup: 0.5,
};

/** Edits of which MyCase tells nobody, or not of all that they do: only a listing shows them. */
const SILENT: (keyof typeof EDITS)[] = ["deleteClient", "title", "renameGroup"];

/** One random edit; some raise no webhook, which is as if it had been lost. What was done, or null. */
export function editSomething(world: ChaosWorld): string | null {
  const names = (Object.keys(EDITS) as (keyof typeof EDITS)[]).filter(
    (name) => !world.faithful || !SILENT.includes(name),
  );
  const name = world.dice.weighted(
    Object.fromEntries(names.map((name) => [name, OFTEN[name] ?? 1])) as Record<keyof typeof EDITS, number>,
  );
  const silent = !world.faithful && world.dice.chance(0.1);
  const done = EDITS[name](world, { silent });
  if (done !== null && silent) world.shared.tally.injected("webhook dropped");
  return done && `${done}${silent ? ", silently" : ""}`;
}

function withKnownPeople({ simulator }: ChaosWorld, fields: Partial<CaseRecord>): Partial<CaseRecord> {
  return { ...fields, clients: (fields.clients ?? []).filter(({ id }) => simulator.firm.clients.has(id)) };
}
