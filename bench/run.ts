import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { cpus, tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import { benchBackfill } from "./backfill.ts";
import { benchBackfillUsage } from "./backfill-usage.ts";
import { benchChangeToVisible } from "./change-to-visible.ts";
import { benchDerive } from "./derive.ts";
import { benchGrowth } from "./growth.ts";
import { describeTarget, type Metric, rounded } from "./metric.ts";
import { benchNightlyUnchanged } from "./nightly-unchanged.ts";
import { benchPerChange } from "./per-change.ts";
import { buildScripts, type Scripts } from "./scripts.ts";
import { benchStorms } from "./storms.ts";
import { benchWebhookIntake } from "./webhook-intake.ts";

/** In this order; `npm run bench -- storms growth` runs some of them, and then writes no results. */
const BENCHMARKS: Record<string, (scripts: Scripts) => Promise<Metric[]>> = {
  derive: benchDerive,
  "webhook-intake": benchWebhookIntake,
  backfill: benchBackfill,
  "backfill-usage": benchBackfillUsage,
  "nightly-unchanged": benchNightlyUnchanged,
  storms: benchStorms,
  "change-to-visible": benchChangeToVisible,
  "per-change": benchPerChange,
  growth: benchGrowth,
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !Object.hasOwn(BENCHMARKS, name));
if (unknown.length > 0) {
  console.error(`Unknown benchmark ${unknown.join(", ")}; known ones: ${Object.keys(BENCHMARKS).join(", ")}.`);
  process.exit(1);
}

const began = performance.now();
const folder = mkdtempSync(join(tmpdir(), "bench-"));
const metrics: Metric[] = [];
const seconds: Record<string, number> = {};
const failed: Record<string, string> = {};
const scripts = await buildScripts(folder);
for (const [name, bench] of Object.entries(BENCHMARKS)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const started = performance.now();
  try {
    metrics.push(...(await bench(scripts)));
  } catch (error) {
    failed[name] = error instanceof Error ? error.message : String(error); // the others still have something to say
  }
  seconds[name] = Math.round((performance.now() - started) / 1000);
  console.log(`${name}: ${seconds[name]} s${failed[name] === undefined ? "" : `, FAILED: ${failed[name]}`}`);
}
rmSync(folder, { recursive: true, force: true });

console.table(
  metrics.map((metric) => ({
    benchmark: metric.benchmark,
    what: metric.what,
    value: `${rounded(metric.value)} ${metric.unit}`,
    baseline: metric.baseline_value === null ? "" : `${rounded(metric.baseline_value)} ${metric.unit}`,
    ratio: metric.ratio ?? "",
    target: describeTarget(metric),
    met: metric.target_met === null ? "" : metric.target_met ? "yes" : "MISSED",
  })),
);
const missed = metrics.filter((metric) => metric.target_met === false);
console.log(missed.length === 0 ? "Every target is met." : `${missed.length} missed their target.`);
if (Object.keys(failed).length > 0) process.exitCode = 1;

if (wanted.length === 0) {
  const results = {
    at: new Date().toISOString(),
    machine: { cpu: cpus()[0]?.model, cores: cpus().length, memory_gb: Math.round(totalmem() / 1e9) },
    platform: process.platform,
    node: process.version,
    workerd: workerdVersion(),
    took_s: Math.round((performance.now() - began) / 1000),
    seconds,
    failed,
    metrics,
  };
  writeFileSync("bench/results.json", `${onePerLine(results)}\n`);
}

/** The version of workerd that miniflare runs. */
function workerdVersion(): string {
  const miniflare = createRequire(import.meta.resolve("miniflare"));
  return (miniflare("workerd/package.json") as { version: string }).version;
}

/** JSON for people: lists of numbers on one line. */
function onePerLine(value: unknown): string {
  return JSON.stringify(value, null, 2).replace(/\[[\s\d.,-]+\]/g, (list) => list.replace(/\s+/g, " "));
}
