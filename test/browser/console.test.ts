import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type RunningDemo, startDemo } from "./demo.ts";

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
  await untilShown("MyCase counts 25 cases");
});

test("a client renamed in MyCase's own page shows in the console within seconds", async () => {
  await page.click("nav >> text=Projects");
  await untilShown("20000001");
  await page.click("text=20000001");
  await page.waitForSelector("text=How this was decided");
  const clientId = demo.simulator.simulator.core.firm.cases.get(20_000_001)?.clients[0]?.id;
  const mycase = await page.context().newPage();
  await mycase.goto(`${demo.simulator.url}/edit/cases/20000001`);
  await mycase.fill("input[name=name]", "Renamed <b>by hand</b>");
  await mycase.click("text=Save");
  expect(clientId).toBeGreaterThan(0);
  await untilShown("Renamed <b>by hand</b>");
  expect(await page.locator("main b").count()).toBe(0);
});

test("a resync says what it did, and an unknown case is explained", async () => {
  await page.click("main button");
  await page.waitForSelector("text=succeeded", { timeout: 20_000 });
  expect(await page.textContent("main")).toContain("unchanged");
  await page.click("nav >> text=Why is a case missing?");
  await page.fill("input[name=case]", "99");
  await page.click("main button");
  await page.waitForSelector("text=case_not_found");
});

test("after logging out the pages are closed", async () => {
  await page.click("header button");
  await page.goto(`${demo.url}/console/orgs/demo`);
  expect(page.url()).toBe(`${demo.url}/console/login`);
});
