import fc from "fast-check";
import { expect, test } from "vitest";
import { mappingDocument } from "../../src/mapping/document/schema.ts";
import { replayLedger } from "../../src/mapping/plan/replay-ledger.ts";
import { ask } from "../support/api.ts";
import { announce } from "../support/events.ts";
import { plainCase, smallFirm } from "../support/firm.ts";
import { portalRows } from "../support/portal-rows.ts";
import { complete } from "../support/runs.ts";
import { MAPPING, type World } from "../support/world.ts";

const now = () => Date.parse("2026-06-01T12:00:00Z");

async function edited(): Promise<World> {
  const world = await smallFirm({ now });
  const { edit } = world.simulator;
  const silent = { silent: true };
  for (let id = 101; id < 106; id++) edit.create("cases", plainCase(id), silent);
  edit.update("cases", 100, { case_stage: "Discovery", clients: [{ id: 2 }] }, silent);
  edit.update(
    "clients",
    1,
    { first_name: "Augusta", cell_phone_number: "", work_phone_number: "+44 20 7946 0018" },
    silent,
  );
  edit.update("staff", 11, { title: "Paralegal" });
  edit.update("cases", 104, { practice_area: "Unmapped" }, silent);
  return world;
}

test("R60: webhook, poll, nightly, backfill and manual sync give equal rows for the same state of MyCase", async () => {
  const runs = ["poll", "nightly", "backfill"].map((kind) => (world: World) => complete(world, kind));
  const webhooks = async (world: World) => {
    for (let id = 100; id < 106; id++) await announce(world, "case", id);
    await announce(world, "client", 1);
    await announce(world, "staff", 11);
    await world.drain();
  };
  const manual = async (world: World) => {
    for (let id = 100; id < 106; id++) await ask(world, "POST", `/v1/orgs/${world.org}/projects/${id}/resync`);
    await world.drain();
  };
  const outcomes = [];
  for (const path of [...runs, webhooks, manual]) {
    const world = await edited();
    await path(world);
    outcomes.push(await portalRows(world));
  }
  for (const outcome of outcomes.slice(1)) expect(outcome).toEqual(outcomes[0]);
  expect(outcomes[0]?.projects).toHaveLength(5);
});

const values = ["Personal Injury", "Family Law", "Immigration", "personal injury"];
const documents = fc.record({
  types: fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 3 }),
  mode: fc.constantFrom("main", "by_group"),
  groups: fc.constantFrom(["Client"], ["Judge"], []),
  titles: fc.constantFrom(["Attorney"], ["Paralegal"], []),
  lead: fc.boolean(),
});

function documentOf({ types, mode, groups, titles, lead }: typeof documents extends fc.Arbitrary<infer T> ? T : never) {
  return mappingDocument.parse({
    fields: {
      project_type: { field: "practice_area" },
      phase: { field: "case_stage" },
      ...(lead ? { lead: { field: "status", values: ["closed"] } } : {}),
    },
    project_types: types.map((value, index) => ({
      key: `type-${index}`,
      name: value,
      values: [value],
      phases: [{ key: "intake", name: "Start", values: ["Intake"] }],
    })),
    contacts: { mode, roles: groups.map((group) => ({ key: "role", name: group, groups: [group] })) },
    team_roles: titles.map((title) => ({ key: "role", name: title, titles: [title] })),
  });
}

/** Counts by entity of what the ledger says happened after an entry. */
async function counted(world: World, after: number) {
  const entries = (await world.rows("changes")).filter((row) => Number(row.seq) > after);
  const count = (entity: string, test: (row: Record<string, unknown>) => boolean) =>
    entries.filter((row) => row.entity === entity && test(row)).length;
  return {
    created: count("project", (row) => row.field === "*"),
    unmapped: count("project", (row) => row.field === "type_unmapped" && row.new_value === "true"),
    became_lead: count("project", (row) => row.field === "is_lead" && row.new_value === "true"),
    linked: count("project_contact", (row) => row.field === "*" && row.old_value === null),
    unlinked: count("project_contact", (row) => row.field === "*" && row.new_value === null),
  };
}

test("R18, R25, R53: preview tells what storing a mapping does, explain tells what each case is, a restored version gives the rows it gave before, and the ledger rebuilds them", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(documents, { minLength: 1, maxLength: 3 }), async (mappings) => {
      const world = await smallFirm({ now });
      for (let id = 101; id < 108; id++) {
        world.simulator.edit.create(
          "cases",
          plainCase(id, { practice_area: values[id % 4] ?? null, status: id % 3 === 0 ? "closed" : "open" }),
          { silent: true },
        );
      }
      const org = `/v1/orgs/${world.org}`;
      await ask(world, "PUT", `${org}/mapping`, { body: MAPPING });
      await complete(world, "backfill");
      world.simulator.log.clear();
      for (const mapping of mappings.map(documentOf)) {
        const previewed = await ask(world, "POST", `${org}/mapping/preview`, { body: mapping });
        const after = Number((await world.rows("changes")).at(-1)?.seq);
        const made = await ask(world, "PUT", `${org}/mapping?confirm=true`, { body: mapping });
        expect(made.body.diff).toEqual(previewed.body.diff);
        await world.drain();
        const { projects, contacts } = previewed.body.diff;
        const { created, unmapped, became_lead } = projects;
        expect(await counted(world, after)).toEqual({ created, unmapped, became_lead, ...contacts });
        const nothingLeft = await ask(world, "POST", `${org}/mapping/preview`, { body: mapping });
        expect(JSON.stringify(nothingLeft.body.diff)).toMatch(/^[^1-9]*$/);
      }
      expect(world.simulator.log.entries).toEqual([]);
      await expectExplained(world);
      expectRebuilt(await world.rows("changes"), await world.rows("projects"), await world.rows("project_contacts"));
    }),
    { numRuns: 10 },
  );
});

async function expectExplained(world: World): Promise<void> {
  const projects = new Map((await world.rows("projects")).map((row) => [row.case_id, row]));
  for (const outcome of await world.rows("case_outcomes")) {
    const { body } = await ask(world, "GET", `/v1/orgs/${world.org}/explain/cases/${outcome.case_id}`);
    expect([body.bucket, body.code]).toEqual([outcome.bucket, outcome.code]);
    const project = projects.get(outcome.case_id);
    if (body.bucket === "project")
      expect(project).toMatchObject({
        enabled: 1,
        type_unmapped: 0,
        is_lead: 0,
        main_contact_id: body.main_contact.client_id,
      });
  }
}

function expectRebuilt(
  changes: Record<string, unknown>[],
  projects: Record<string, unknown>[],
  links: Record<string, unknown>[],
): void {
  const value = (text: unknown) => (text === null ? null : JSON.parse(String(text)));
  const tables = replayLedger(
    changes.map((row) => ({
      entity: row.entity as "project",
      entity_id: String(row.entity_id),
      field: String(row.field),
      old: value(row.old_value),
      new: value(row.new_value),
    })),
  );
  const rebuilt = [...(tables.get("project")?.values() ?? [])] as Record<string, unknown>[];
  const plain = (rows: Record<string, unknown>[]) =>
    rows
      .map((row) => [
        row.case_id,
        row.name,
        row.project_type,
        row.phase,
        Boolean(row.type_unmapped),
        Boolean(row.is_lead),
        row.main_contact_id,
      ])
      .sort((one, other) => Number(one[0]) - Number(other[0]));
  expect(plain(rebuilt)).toEqual(plain(projects));
  expect([...(tables.get("project_contact")?.keys() ?? [])].sort()).toEqual(
    links.map((row) => `${row.case_id}:${row.client_id}`).sort(),
  );
}

test("R53: a version restored gives the rows it gave before", async () => {
  const world = await edited();
  const org = `/v1/orgs/${world.org}`;
  await complete(world, "backfill");
  const plain = async () => JSON.stringify(await portalRows(world)).replaceAll(/"mapping_version":\d+/g, "");
  const before = await plain();
  const other = documentOf({
    types: ["Personal Injury"],
    mode: "by_group",
    groups: ["Client"],
    titles: ["Paralegal"],
    lead: false,
  });
  await ask(world, "PUT", `${org}/mapping?confirm=true`, { body: other });
  await world.drain();
  expect(await plain()).not.toBe(before);
  await ask(world, "POST", `${org}/mapping/versions/1/restore?confirm=true`);
  await world.drain();
  expect(await plain()).toBe(before);
});
