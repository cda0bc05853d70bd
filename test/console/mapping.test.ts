import { expect, test } from "vitest";
import { ask } from "../support/api.ts";
import { plainCase, smallFirm } from "../support/firm.ts";
import { complete } from "../support/runs.ts";
import { MAPPING, type World } from "../support/world.ts";
import { type Browser, type Form, formIn, logIn } from "./support/browse.ts";

const base = (world: World) => `/console/orgs/${world.org}/mapping`;

/** Submits step 2 as shown on a page, with changes, by one of its buttons. */
async function press(
  world: World,
  browser: Browser,
  page: string,
  action: string,
  changes: Record<string, string> = {},
) {
  const kept = formIn(page).filter(([name]) => !(name in changes) && name !== "q" && name !== "action");
  const form: Form = [...kept, ...Object.entries(changes), ["action", action]];
  return browser.post(`${base(world)}/values`, { form });
}

const apply = (world: World, browser: Browser, page: string) =>
  browser.post(`${base(world)}/apply`, {
    form: formIn(page.slice(page.indexOf("/apply"), page.indexOf("Change it further"))),
  });

async function mappingOf(world: World) {
  return (await ask(world, "GET", `/v1/orgs/${world.org}/mapping`)).body as typeof MAPPING & { version: number };
}

test("a value that nearly matches is proposed, mapped with one click, previewed, and applied", async () => {
  const world = await smallFirm();
  const browser = await logIn(world, "admin");
  world.simulator.edit.update("cases", 100, { practice_area: "personal injury" }, { silent: true });
  await complete(world, "poll");
  const { version } = await mappingOf(world);
  const { text } = await browser.get(`${base(world)}/values`);
  expect(text).toContain("looks like “Personal Injury”");
  const proposal = /name="action" value="(map\|types\|[^"]+)"/.exec(text)?.[1] ?? "";
  const mapped = await press(world, browser, text, proposal);
  expect((await mappingOf(world)).version).toBe(version);
  const preview = await press(world, browser, mapped.text, "preview");
  expect(preview.text).toContain("Apply this mapping");
  expect((await apply(world, browser, preview.text)).status).toBe(303);
  await world.drain();
  const mapping = await mappingOf(world);
  expect(mapping.version).toBe(version + 1);
  expect(mapping.project_types[0]?.values).toContain("personal injury");
});

test("what was previewed is not applied once somebody else was faster", async () => {
  const world = await smallFirm();
  const browser = await logIn(world, "admin");
  const { text } = await browser.get(`${base(world)}/values`);
  const preview = await press(world, browser, text, "preview", { "types.name.0": "Renamed" });
  await ask(world, "PUT", `/v1/orgs/${world.org}/mapping`, { body: MAPPING });
  const { version } = await mappingOf(world);
  expect((await apply(world, browser, preview.text)).status).toBe(412);
  expect((await mappingOf(world)).version).toBe(version);
});

test("the two steps keep a mapping as it is when nothing is changed in them", async () => {
  const world = await smallFirm();
  const browser = await logIn(world, "admin");
  const { version: _, ...before } = await mappingOf(world);
  const { text } = await browser.get(`${base(world)}/fields`);
  const values = await browser.post(`${base(world)}/values`, { form: formIn(text) });
  const preview = await press(world, browser, values.text, "preview");
  expect(preview.text).toContain("Nothing would change.");
  const document = new Map(formIn(preview.text)).get("document") ?? "";
  expect(before).toMatchObject(JSON.parse(document));
});

test("a mapping beyond the blast guard needs a second yes, and an earlier version is restored by way of a preview", async () => {
  const world = await smallFirm();
  for (let id = 101; id < 110; id++) world.simulator.edit.create("cases", plainCase(id), { silent: true });
  const guard = { max_share: 0.2, min_projects: 5 };
  await ask(world, "PUT", `/v1/orgs/${world.org}/mapping`, { body: { ...MAPPING, blast_guard: guard } });
  await complete(world, "poll");
  const browser = await logIn(world, "admin");
  const { text } = await browser.get(`${base(world)}/values`);
  const preview = await press(world, browser, text, "preview", { "types.to.0": "" });
  const refused = await apply(world, browser, preview.text);
  expect(refused.status).toBe(409);
  expect(refused.text).toContain("Apply it all the same");
  expect((await apply(world, browser, refused.text)).status).toBe(303);
  await world.drain();
  const { version } = await mappingOf(world);
  const restore = await browser.post(`${base(world)}/versions/${version - 1}/preview`);
  expect(restore.text).toContain(`Preview of version ${version - 1}`);
  expect((await apply(world, browser, restore.text)).status).toBe(303);
  expect(await mappingOf(world)).toMatchObject({ restored_from: version - 1 });
});

test("a mapping is exported as JSON, and an imported one is previewed or refused with its places", async () => {
  const world = await smallFirm();
  const browser = await logIn(world, "admin");
  const exported = await ask(world, "GET", `/v1/orgs/${world.org}/mapping`);
  expect((await browser.get(`${base(world)}/export`)).status).toBe(200);
  const send = (document: unknown) =>
    browser.post(`${base(world)}/import`, {
      form: [
        ["expected", "1"],
        ["document", JSON.stringify(document)],
      ],
    });
  expect((await send(MAPPING)).text).toContain("What would change");
  expect(exported.status).toBe(200);
  const refused = await send({ ...MAPPING, project_types: [{ key: "Not A Slug", name: "x", values: [] }] });
  expect(refused.status).toBe(422);
  expect(refused.text).toContain("project_types.0.key");
});

test("only the scope admin changes a mapping; others see it", async () => {
  const world = await smallFirm();
  const browser = await logIn(world, "sync");
  expect((await browser.get(base(world))).text).not.toContain("Change the values");
  const document = JSON.stringify(MAPPING);
  expect((await browser.post(`${base(world)}/apply`, { form: [["document", document]] })).status).toBe(403);
});
