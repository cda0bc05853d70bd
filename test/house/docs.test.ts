import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const PAGES = [
  "README.md",
  ...readdirSync("docs", { recursive: true, encoding: "utf8" }).map((name) => join("docs", name)),
].filter((name) => name.endsWith(".md"));

test.each(PAGES)("every file that %s names exists", (page) => {
  const named = [
    ...readFileSync(page, "utf8").matchAll(/`((?:src|test|scripts|bench|simulator|migrations|docs)\/[\w./-]+)`/g),
  ];
  const missing = named.map(([, path = ""]) => path).filter((path) => !existsSync(path));
  expect(missing).toEqual([]);
});
