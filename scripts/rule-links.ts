import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";

export const RULES_PAGE = "docs/domain.md";

/** The rules that the name of a test begins with: "R4, T1: ..." proves two, "R36-R39: ..." four. */
export function rulesOfName(name: string): string[] {
  const [ids = ""] = /^[RTD]\d+(?:(?:, |-| and )[RTD]\d+)*\b/.exec(name) ?? [];
  return [...ids.matchAll(/([RTD])(\d+)(?:-[RTD](\d+))?/g)].flatMap(([, letter, first, last]) =>
    Array.from({ length: Number(last ?? first) - Number(first) + 1 }, (_, i) => `${letter}${Number(first) + i}`),
  );
}

/** The names of the tests that assert something: what stands first in `test("...")` and `test.each(...)("...")`. */
export function namesOfAsserting(text: string): string[] {
  const tests = text.matchAll(/(?:\b(?:test|it|describe)\(|\)\()\s*["'`]([^"'`]+)/g);
  return [...tests].flatMap((match) => (asserts(bodyFrom(text, match.index)) ? [String(match[1])] : []));
}

/** The lines of a test: the formatter closes it with the first line that is indented like its beginning. */
function bodyFrom(text: string, index: number): string {
  const start = text.lastIndexOf("\n", index) + 1;
  const indent = /^ */.exec(text.slice(start))?.[0] ?? "";
  const closing = text.slice(start).search(new RegExp(`\\n${indent}\\}.*;\\n|\\n${indent}\\);\\n`));
  const oneLine = text.slice(start).search(/;\n/);
  const firstLine = text.slice(start, text.indexOf("\n", start));
  return text.slice(start, start + (firstLine.endsWith(");") ? oneLine : closing));
}

function asserts(body: string): boolean {
  return /\bexpect\w*[(.]|\bfc\.assert\(/.test(body);
}

/** The test files that prove each rule. */
function filesByRule(): Map<string, string[]> {
  const files = readdirSync("test", { recursive: true, encoding: "utf8" }).filter((name) => /\.test\.tsx?$/.test(name));
  const byRule = new Map<string, string[]>();
  for (const file of files.sort())
    for (const rule of new Set(namesOfAsserting(readFileSync(join("test", file), "utf8")).flatMap(rulesOfName)))
      byRule.set(rule, [...(byRule.get(rule) ?? []), file]);
  return byRule;
}

/** The page of the rules with the line of tests under each rule as it has to be, and the rules without a test. */
export function withTestLinks(page: string): { page: string; rules: string[]; untested: string[] } {
  const byRule = filesByRule();
  const rules: string[] = [];
  const lines = page.split("\n").map((line) => {
    const rule = /^- \*\*([RTD]\d+)\b/.exec(line)?.[1];
    if (rule) rules.push(rule);
    if (!line.startsWith("  Tests:")) return line;
    const links = byRule.get(rules.at(-1) ?? "") ?? [];
    return `  Tests: ${links.map((file) => `[${basename(file).replace(/\.test\.tsx?$/, "")}](../test/${file})`).join(", ")}`;
  });
  return { page: lines.join("\n"), rules, untested: rules.filter((rule) => !byRule.has(rule)) };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href)
  writeFileSync(RULES_PAGE, withTestLinks(readFileSync(RULES_PAGE, "utf8")).page);
