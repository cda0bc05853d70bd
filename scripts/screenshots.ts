import { mkdirSync } from "node:fs";
import { startDemo } from "../test/browser/demo.ts";

// `npm run screenshots`: draws the pictures of the README from the demo, so that they show the console as it is.
const FOLDER = "docs/images";
const FIRST_CASE = 20_000_001;

mkdirSync(FOLDER, { recursive: true });
const demo = await startDemo(60);
try {
  const { edit } = demo.simulator.simulator;
  edit.update("cases", FIRST_CASE, { practice_area: "personal injury" });
  for (const at of [3, 4, 5]) edit.update("cases", FIRST_CASE + at, { practice_area: "Maritime" });
  const page = await demo.browser.newPage({ viewport: { width: 1280, height: 760 } });
  await page.goto(`${demo.url}/console/login`);
  await page.fill("input[name=key]", demo.adminKey);
  await page.click("main button");
  const base = `${demo.url}/console/orgs/demo`;
  const shoot = (name: string) => page.screenshot({ path: `${FOLDER}/${name}.png` });
  for (let tries = 0; tries < 60; tries++) {
    await page.goto(base);
    if ((await page.textContent("main"))?.includes("4 type not mapped")) break;
    await page.waitForTimeout(500);
  }
  await shoot("overview");
  await page.goto(`${base}/mapping/values`);
  await shoot("mapping");
  await page.click("main button[value^='map|types']");
  await page.click("text=Preview what would change");
  await shoot("preview");
  await page.goto(`${base}/projects/${FIRST_CASE}`);
  await page.locator("text=How this was decided").scrollIntoViewIfNeeded();
  await page.evaluate("document.querySelector('.gates').closest('section').scrollIntoView()");
  await shoot("why");
} finally {
  await demo.close();
}
