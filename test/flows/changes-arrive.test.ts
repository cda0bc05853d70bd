import { expect, test } from "vitest";
import { ask } from "../support/api.ts";
import { announceOutbox } from "../support/events.ts";
import { onlyRow, smallFirm } from "../support/firm.ts";
import { complete } from "../support/runs.ts";
import { MAPPING } from "../support/world.ts";

test("R61: a renamed client, a moved stage, a closed case and an added staff member each arrive with their event", async () => {
  const world = await smallFirm();
  const { edit } = world.simulator;
  expect(await onlyRow(world, "projects")).toMatchObject({ phase: "intake", status: "open", main_contact_id: 1 });
  expect(await onlyRow(world, "contacts")).toMatchObject({
    first_name: "Ada",
    phone: "+12125550101",
    phone_source: "cell",
  });

  edit.update("clients", 1, { first_name: "Augusta" });
  edit.update("cases", 100, { case_stage: "Discovery" });
  edit.closeCase(100);
  edit.addCaseStaff(100, 12);
  await announceOutbox(world);
  await world.drain();

  expect(await onlyRow(world, "contacts")).toMatchObject({ first_name: "Augusta" });
  expect(await onlyRow(world, "projects")).toMatchObject({ phase: "working", status: "closed" });
  expect((await world.rows("project_team_members")).map((row) => row.staff_id)).toEqual([11, 12]);
  const changed = (await world.rows("changes")).filter((row) => row.trigger === "webhook");
  expect(changed.map((row) => `${row.entity}.${row.field}`)).toEqual(
    expect.arrayContaining([
      "contact.first_name",
      "project.phase",
      "project.status",
      "project_team_member.*",
      "team_member.*",
    ]),
  );
});

test("D5: a deleted case leaves a tombstone, and comes back when MyCase has it again", async () => {
  const world = await smallFirm();
  const record = structuredClone(world.simulator.edit.get("cases", 100));
  world.simulator.edit.remove("cases", 100);
  await announceOutbox(world);
  await world.drain();
  const gone = await onlyRow(world, "projects");
  expect(gone.deleted_at).toMatch(/^20/);
  expect(gone.name).toBe("Case 100");

  world.simulator.edit.create("cases", record);
  await announceOutbox(world);
  await world.drain();
  expect(await onlyRow(world, "projects")).toMatchObject({ deleted_at: null, name: "Case 100" });
});

test("D5: neither 403 nor 429 nor 5xx deletes anything", async () => {
  const world = await smallFirm();
  const before = await world.rows("projects");
  for (const status of [403, 429, 500, 503]) {
    world.simulator.faults.add({ path: "/v1/cases/100", status, times: 2 });
    world.simulator.webhooks.raise("case", "deleted", 100);
    await announceOutbox(world);
    await world.drain();
    world.simulator.faults.clear();
  }
  expect(await world.rows("projects")).toEqual(before);
});

test("one case event costs one MyCase request, and nothing is written when nothing differs", async () => {
  const world = await smallFirm();
  const before = await world.rows("changes");
  world.simulator.log.clear();
  world.simulator.webhooks.raise("case", "updated", 100);
  await announceOutbox(world);
  await world.drain();
  expect(world.simulator.log.entries.map((one) => `${one.method} ${one.path}`)).toEqual(["GET /v1/cases/100"]);
  expect(await world.rows("changes")).toEqual(before);
});

test("R1: a sync sends MyCase nothing but GETs, token calls and subscription calls", async () => {
  const world = await smallFirm();
  world.simulator.edit.update("cases", 100, { name: "Renamed" });
  await announceOutbox(world);
  await world.drain();
  const others = world.simulator.log.entries.filter(
    ({ method, path }) => method !== "GET" && path !== "/tokens" && !path.startsWith("/v1/webhooks/subscriptions"),
  );
  expect(others).toEqual([]);
  expect(world.simulator.log.count((one) => one.method === "GET")).toBeGreaterThan(5);
});

test("a renamed option of a mapped list field is named as the probable rename, by its unchanged key", async () => {
  const world = await smallFirm();
  const { edit } = world.simulator;
  const field = edit.create("custom_fields", { name: "Kind", parent_type: "case", field_type: "list" });
  for (const option of ["Lead", "Matter"]) edit.addListOption(field.id, option);
  const lead = { custom_field_id: field.id, values: ["Lead"] };
  await world.setMapping({ ...MAPPING, fields: { ...MAPPING.fields, lead } });
  await complete(world, "poll");
  const key = edit.get("custom_fields", field.id).list_options?.[0]?.key ?? "";
  edit.renameListOption(field.id, key, "Prospect");
  await complete(world, "poll");
  const { body } = await ask(world, "GET", `/v1/orgs/${world.org}/fields`);
  const report = body.data.find((entry: { name: string }) => entry.name === "Kind");
  expect(report.vanished).toEqual([
    { value: "Lead", mapped: ["fields.lead.values.0"], probable_rename: expect.objectContaining({ to: "Prospect" }) },
  ]);
});
