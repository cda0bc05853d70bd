import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

/** The rule ids in the table of the README. */
function rulesOfReadme(): string[] {
  return [...readFileSync("README.md", "utf8").matchAll(/^\| ([RTD]\d+) +\|/gm)].map((match) => String(match[1]));
}

/** The names of all tests: what stands first in `test("...")` and `test.each(...)("...")`. */
function testNames(): string[] {
  const files = readdirSync("test", { recursive: true, encoding: "utf8" }).filter((name) => /\.test\.tsx?$/.test(name));
  return files.flatMap((name) => {
    const text = readFileSync(join("test", name), "utf8");
    return [...text.matchAll(/(?:\b(?:test|it)\(|\)\()\s*["'`]([^"'`]+)/g)].map((match) => String(match[1]));
  });
}

test("every rule in the README's table has a test that is named after it", () => {
  const names = testNames();
  const rules = rulesOfReadme();
  expect(rules.length).toBeGreaterThan(60);
  // A name may begin with several: "R4, T1: a hand-edited column is put back".
  const named = (rule: string) =>
    names.some((name) => new RegExp(`^(?:[RTD]\\d+(?:, | and |/|-))*${rule}\\b`).test(name));
  expect(rules.filter((rule) => !named(rule))).toEqual([]);
});
