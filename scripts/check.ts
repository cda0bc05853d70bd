import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

// Everything that must hold before a change goes in, in the order of what fails fastest.
const bin = (name: string) => join("node_modules", ".bin", name);

function run(title: string, command: string, args: string[]): void {
  console.log(`\n== ${title}`);
  const started = Date.now();
  const { status } = spawnSync(command, args, { stdio: "inherit" });
  if (status !== 0) {
    console.error(`== ${title}: failed`);
    process.exit(status ?? 1);
  }
  console.log(`== ${title}: ok (${((Date.now() - started) / 1000).toFixed(1)} s)`);
}

/** A schema that says something else than the migrations would make drizzle-kit write a new one. */
function migrationsMatchSchema(): void {
  console.log("\n== migrations");
  const copy = mkdtempSync(join(tmpdir(), "migrations-"));
  try {
    cpSync("migrations", copy, { recursive: true });
    const before = readdirSync(copy).length;
    const args = ["generate", "--dialect", "sqlite", "--schema", "./src/db/schema/index.ts", "--out", copy];
    const { status, stdout, stderr } = spawnSync(bin("drizzle-kit"), args, { encoding: "utf8" });
    if (status !== 0 || readdirSync(copy).length !== before) {
      console.error(`The schema and the migrations differ; run "npm run migrations".\n${stdout}${stderr}`);
      process.exit(1);
    }
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
  console.log("== migrations: ok");
}

run("lint and format", bin("biome"), ["check", "--error-on-warnings", "."]);
run("types", bin("tsc"), ["--noEmit"]);
run("dead code", bin("knip"), []);
migrationsMatchSchema();
run("API document", "node", ["scripts/lint-openapi.ts"]);
run("tests", bin("vitest"), ["run"]);
