import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { ALARMS } from "../../src/sync/health/alarm-codes.ts";

test("the runbook has a chapter for each alarm, with its severity, and none for an alarm that is gone", () => {
  const headings = [...readFileSync("docs/runbook.md", "utf8").matchAll(/^## ([a-z_, ]+) \((critical|warning)/gm)];
  const chapters = headings.flatMap(([, codes = "", severity]) => codes.split(", ").map((code) => [code, severity]));
  const alarms = Object.entries(ALARMS).map(([code, { severity }]) => [code, severity]);
  expect(Object.fromEntries(chapters)).toEqual(Object.fromEntries(alarms));
});
