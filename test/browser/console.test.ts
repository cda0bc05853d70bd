import AxeBuilder from "@axe-core/playwright";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type RunningDemo, startDemo } from "./demo.ts";

const PAGES = [
  "",
  "/connect",
  "/mapping",
  "/mapping/fields",
  "/mapping/values",
  "/cases?bucket=project",
  "/projects",
  "/projects/20000001",
  "/contacts",
  "/leads",
  "/team",
  "/explain",
  "/webhooks",
  "/settings",
  "/runs",
  "/dead-letters",
];

let demo: RunningDemo;
let page: Page;

beforeAll(async () => {
  demo = await startDemo(25);
  page = await (await demo.browser.newContext()).newPage();
}, 120_000);

afterAll(() => demo?.close());

/** Reloads until the text is there. */
async function untilShown(text: string): Promise<void> {
  for (let tries = 0; tries < 60; tries++) {
    if ((await page.textContent("main"))?.includes(text)) return;
    await page.waitForTimeout(250);
    await page.reload();
  }
  throw new Error(`"${text}" never showed on ${page.url()}: ${(await page.textContent("main"))?.slice(0, 600)}`);
}

test("a wrong key is refused, the admin key opens the console", async () => {
  await page.goto(`${demo.url}/console`);
  await page.fill("input[name=key]", "wrong");
  await page.click("main button");
  expect(await page.textContent("[role=alert]")).toContain("unknown");
  await page.fill("input[name=key]", demo.adminKey);
  await page.click("main button");
  await page.click("text=Demo firm");
  await untilShown("Connected");
  await untilShown("MyCase shows 25 cases");
});

test("a client renamed in MyCase's own page shows in the console within seconds", async () => {
  await page.click("nav >> text=Projects");
  await untilShown("20000001");
  await page.click("text=20000001");
  await page.waitForSelector("text=How this was decided");
  const clientId = demo.simulator.simulator.firm.cases.get(20_000_001)?.clients[0]?.id;
  const mycase = await page.context().newPage();
  await mycase.goto(`${demo.simulator.url}/edit/cases/20000001`);
  await mycase.fill("input[name=name]", "Renamed <b>by hand</b>");
  await mycase.click("text=Save");
  expect(clientId).toBeGreaterThan(0);
  await untilShown("Renamed <b>by hand</b>");
  expect(await page.locator("main b").count()).toBe(0);
});

test("a resync says what it did, and an unknown case is explained", async () => {
  await page.click("text=Resync now");
  await page.waitForSelector("text=succeeded", { timeout: 20_000 });
  expect(await page.textContent("main")).toContain("unchanged");
  await page.fill("header input[name=q]", "99");
  await page.press("header input[name=q]", "Enter");
  await page.waitForSelector("text=case_not_found");
});

test("a project type is renamed in two steps, seen in the preview and applied, with scripts switched off", async () => {
  const cookies = await page.context().cookies();
  const context = await demo.browser.newContext({ javaScriptEnabled: false });
  await context.addCookies(cookies);
  const plain = await context.newPage();
  await plain.goto(`${demo.url}/console/orgs/demo/mapping/fields`);
  await plain.click("text=Next: values");
  await plain.fill("input[name='types.name.0']", "Injuries");
  await plain.click("text=Preview what would change");
  await plain.click("text=Apply this mapping");
  await plain.waitForSelector("text=New mapping applied");
  await plain.goto(`${demo.url}/console/orgs/demo/mapping`);
  expect(await plain.textContent("main")).toContain("Injuries");
  await plain.close();
});

test("every page fits a phone, breaks no rule of accessibility and stays within its own origin", async () => {
  const foreign: string[] = [];
  const errors: string[] = [];
  page.on("request", (request) => {
    if (!request.url().startsWith(demo.url) && !request.url().startsWith("data:")) foreign.push(request.url());
  });
  page.on("console", (message) => {
    if (message.type() === "error") errors.push(message.text());
  });
  await page.setViewportSize({ width: 390, height: 800 });
  const person = async (list: string) => {
    await page.goto(`${demo.url}/console/orgs/demo${list}`);
    return (await page.getAttribute("main table a", "href"))?.replace("/console/orgs/demo", "") ?? "";
  };
  const client = await person("/contacts");
  const hostile = `${"Nebuchadnezzar".repeat(20)} <i>\u202Eeman\u202C</i> 🦉`;
  demo.simulator.simulator.edit.update("clients", Number(client.split("/").at(-1)), { first_name: hostile });
  await page.goto(`${demo.url}/console/orgs/demo${client}`);
  await untilShown(hostile);
  for (const path of [...PAGES, client, await person("/team")]) {
    await page.goto(`${demo.url}/console/orgs/demo${path}`);
    const { violations } = await new AxeBuilder({ page }).options({ resultTypes: ["violations"] }).analyze();
    expect(violations.map(({ id, nodes }) => `${path}: ${id} ${nodes[0]?.html}`)).toEqual([]);
    expect([path, await page.evaluate("document.documentElement.scrollWidth <= innerWidth")]).toEqual([path, true]);
  }
  expect([foreign, errors]).toEqual([[], []]);
});

test("after logging out the pages are closed", async () => {
  await page.click("text=Log out");
  await page.goto(`${demo.url}/console/orgs/demo`);
  expect(page.url()).toBe(`${demo.url}/console/login`);
});
