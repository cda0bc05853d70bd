import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { CORE } from "../../scripts/mutations/core.ts";
import { FORMER_FAULTS } from "../../scripts/mutations/faults.ts";

test("every mutation still finds its place in the source, once, and its test (npm run mutations runs them)", () => {
  for (const { name, file, search, replace, test, only = "" } of [...CORE, ...FORMER_FAULTS]) {
    expect(readFileSync(file, "utf8").split(search), `${name}: ${file}`).toHaveLength(2);
    expect(replace, name).not.toBe(search);
    expect(existsSync(test) && readFileSync(test, "utf8").includes(only), `${name}: ${test}`).toBe(true);
  }
});
