import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { getTableColumns, getTableName } from "drizzle-orm";
import { expect, test } from "vitest";
import * as schema from "../../src/db/schema/index.ts";

const PAGES = [
  "README.md",
  "CONTRIBUTING.md",
  ...readdirSync("docs", { recursive: true, encoding: "utf8" }).map((name) => join("docs", name)),
].filter((name) => name.endsWith(".md"));

test.each(PAGES)("every file that %s names exists", (page) => {
  const named = [
    ...readFileSync(page, "utf8").matchAll(/`((?:src|test|scripts|bench|simulator|migrations|docs)\/[\w./-]+)`/g),
  ];
  const missing = named.map(([, path = ""]) => path).filter((path) => !existsSync(path));
  expect(missing).toEqual([]);
});

test.each(PAGES)("every link of %s leads to a file", (page) => {
  const links = [...readFileSync(page, "utf8").matchAll(/\]\(([^):#]+)[^):]*\)/g)].map(([, path = ""]) => path);
  expect(links.filter((path) => !existsSync(join(dirname(page), path)))).toEqual([]);
});

const { projects, contacts, leads, teamMembers, projectContacts, projectTeamMembers } = schema;

test.each(
  [projects, contacts, leads, teamMembers, projectContacts, projectTeamMembers].map((table) => ({
    name: getTableName(table),
    columns: Object.keys(getTableColumns(table)),
  })),
)("docs/data-model.md tells who owns each column of $name", ({ name, columns }) => {
  const page = readFileSync("docs/data-model.md", "utf8");
  const [section = ""] = page.slice(page.indexOf(`**\`${name}\`**`)).split(/\n(?=\*\*`|## )/);
  expect(columns.filter((column) => !new RegExp(`\\b${column}\\b`).test(section))).toEqual([]);
});
