import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

// `npm test`: everything that must hold before a change goes in: quick checks, then the tests. What passes is one line; of
// what fails everything it wrote is shown.
interface Finished {
  status: number;
  output: string;
}

/** Written by workerd and Vite past Vitest's reporter, about nothing that anybody could change here. */
const NOISE = [
  /^console warning; message = Called \.text\(\) on an HTTP body/,
  /^Sourcemap for ".*" points to missing/,
];

/** Runs a tool of node_modules; `onLine` gets its lines as they come. */
function runTool(name: string, args: string[], onLine: (line: string) => void = () => {}): Promise<Finished> {
  const child = spawn(join("node_modules", ".bin", name), args, { stdio: ["ignore", "pipe", "pipe"] });
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    createInterface({ input: stream }).on("line", (line) => {
      lines.push(line);
      onLine(line);
    });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (status) => resolve({ status: status ?? 1, output: lines.join("\n") }));
  });
}

/** A schema that says something else than the migrations makes drizzle-kit write a new one. */
async function checkMigrations(): Promise<Finished> {
  const copy = mkdtempSync(join(tmpdir(), "migrations-"));
  try {
    cpSync("migrations", copy, { recursive: true });
    const before = readdirSync(copy).length;
    const args = ["generate", "--dialect", "sqlite", "--schema", "./src/db/schema/index.ts", "--out", copy];
    const { status, output } = await runTool("drizzle-kit", args);
    const same = status === 0 && readdirSync(copy).length === before;
    return {
      status: same ? 0 : 1,
      output: `The schema and the migrations differ; run "npm run migrations".\n${output}`,
    };
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

function runTests(): Promise<Finished> {
  return runTool("vitest", ["run"], (line) => {
    if (line.trim() !== "" && !NOISE.some((noise) => noise.test(line))) console.log(line);
  });
}

interface Stage {
  title: string;
  run: () => Promise<Finished>;
}

/** Quick ones, beside each other: together they take as long as the longest. */
const CHECKS: Stage[] = [
  { title: "lint and format", run: () => runTool("biome", ["check", "--error-on-warnings", "."]) },
  { title: "types", run: () => runTool("tsc", ["--noEmit"]) },
  { title: "dead code", run: () => runTool("knip", []) },
  { title: "migrations", run: checkMigrations },
  { title: "API document", run: () => runTool("node", ["scripts/lint-openapi.ts"]) },
];

/** Whether it passed. */
async function report({ title, run }: Stage, shown?: "shows itself"): Promise<boolean> {
  const started = Date.now();
  const { status, output } = await run();
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  if (status !== 0 && !shown) console.error(output);
  console.log(`${status === 0 ? "ok" : "FAILED"} ${title} (${seconds} s)`);
  return status === 0;
}

if (process.env.MYCASE_OPENAPI_DIR === undefined)
  console.log("skipped: the simulator against MyCase's OpenAPI documents (MYCASE_OPENAPI_DIR names their folder)");
const passed = await Promise.all(CHECKS.map((check) => report(check)));
if (passed.includes(false) || !(await report({ title: "tests", run: runTests }, "shows itself"))) process.exit(1);
