import { execFileSync, spawn } from "node:child_process";
import { cpSync, lstatSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { CORE } from "./mutations/core.ts";
import { FORMER_FAULTS } from "./mutations/faults.ts";
import type { Mutation } from "./mutations/mutation.ts";

type Verdict = "caught" | "MISSED" | "BROKEN";

/** `npm run mutations -- fence D7`: only mutations with one of these words in their name; without words all of them. */
const words = process.argv.slice(2).map((word) => word.toLowerCase());
const chosen = [...CORE, ...FORMER_FAULTS].filter(
  ({ name }) => words.length === 0 || words.some((word) => name.toLowerCase().includes(word)),
);

const copy = copyOfTree();
const rows: { mutation: string; test: string; verdict: Verdict; seconds: number }[] = [];
try {
  for (const mutation of chosen) {
    const began = performance.now();
    const verdict = await check(mutation);
    rows.push({ mutation: mutation.name, test: mutation.test, verdict, seconds: secondsSince(began) });
    console.log(`${verdict}: ${mutation.name}`);
  }
} finally {
  rmSync(copy, { recursive: true, force: true });
}
console.table(rows);
if (rows.some(({ verdict }) => verdict !== "caught")) process.exitCode = 1;

/** The working tree without what git ignores; mutations never touch the tree itself. */
function copyOfTree(): string {
  const folder = mkdtempSync(join(tmpdir(), "mutations-"));
  const listed = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
    encoding: "utf8",
  });
  for (const file of listed.split("\0").filter(isFile)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    cpSync(file, join(folder, file));
  }
  symlinkSync(resolve("node_modules"), join(folder, "node_modules"));
  return folder;
}

function isFile(name: string): boolean {
  return name !== "" && lstatSync(name, { throwIfNoEntry: false })?.isFile() === true;
}

async function check({ file, search, replace, test, only }: Mutation): Promise<Verdict> {
  const path = join(copy, file);
  const text = readFileSync(path, "utf8");
  writeFileSync(
    path,
    text.replace(search, () => replace),
  );
  try {
    return verdictOf(await runTests(test, only));
  } finally {
    writeFileSync(path, text);
  }
}

interface Report {
  numFailedTests: number;
  numPassedTests: number;
}

/** A suite that does not even load proves nothing about the mutation. */
function verdictOf({ numFailedTests, numPassedTests }: Report): Verdict {
  if (numFailedTests > 0) return "caught";
  return numPassedTests > 0 ? "MISSED" : "BROKEN";
}

function runTests(test: string, only: string | undefined): Promise<Report> {
  const output = join(copy, "report.json");
  rmSync(output, { force: true });
  const args = ["vitest", "run", test, "--reporter=json", `--outputFile=${output}`, "--maxWorkers=1"];
  if (only !== undefined) args.push("-t", only.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new Promise((done, fail) => {
    const child = spawn("npx", args, { cwd: copy, stdio: "ignore" });
    child.on("error", fail);
    child.on("close", () => done(JSON.parse(readFileSync(output, "utf8")) as Report));
  });
}

function secondsSince(began: number): number {
  return Math.round((performance.now() - began) / 1000);
}
