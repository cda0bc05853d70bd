import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

// `npm test`: everything that must hold before a change goes in, in the order of what fails fastest. A stage that passes
// is one line; of one that fails everything it wrote is shown.
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

const STAGES: [title: string, run: () => Promise<Finished>, showsItself?: "shows itself"][] = [
  ["lint and format", () => runTool("biome", ["check", "--error-on-warnings", "."])],
  ["types", () => runTool("tsc", ["--noEmit"])],
  ["dead code", () => runTool("knip", [])],
  ["migrations", checkMigrations],
  ["API document", () => runTool("node", ["scripts/lint-openapi.ts"])],
  ["tests", runTests, "shows itself"],
];

if (process.env.MYCASE_OPENAPI_DIR === undefined)
  console.log("skipped: the simulator against MyCase's OpenAPI documents (MYCASE_OPENAPI_DIR names their folder)");
for (const [title, run, showsItself] of STAGES) {
  const started = Date.now();
  const { status, output } = await run();
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  if (status !== 0) {
    if (!showsItself) console.error(output);
    console.error(`FAILED ${title} (${seconds} s)`);
    process.exit(1);
  }
  console.log(`ok ${title} (${seconds} s)`);
}
