import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { namesOfAsserting, RULES_PAGE, rulesOfName, withTestLinks } from "../../scripts/rule-links.ts";

const page = readFileSync(RULES_PAGE, "utf8");

test("every rule of docs/domain.md has a test that is named after it, and its links are fresh (npm run rule-links)", () => {
  const linked = withTestLinks(page);
  expect(linked.rules.length).toBeGreaterThan(60);
  expect(linked.untested).toEqual([]);
  expect(page).toBe(linked.page);
});

test("the rules of a test are those that its name begins with", () => {
  expect(rulesOfName("R4, T1: a hand-edited column is put back")).toEqual(["R4", "T1"]);
  expect(rulesOfName("R36-R39: in mode by_group")).toEqual(["R36", "R37", "R38", "R39"]);
  expect(rulesOfName("a case of R4 in the middle")).toEqual([]);
});

test("an empty test proves nothing, whatever its name", () => {
  expect(
    namesOfAsserting('test("R1: empty", () => {});\ntest("R2: real", () => {\n  expect(1).toBe(1);\n});\n'),
  ).toEqual(["R2: real"]);
});
