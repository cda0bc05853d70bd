import { writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { benchDerive } from "./derive.ts";
import { median } from "./median.ts";

const CASES = 20_000;

const figures = [1, 40].map((customFields) => benchDerive(CASES, customFields));
console.table(
  figures.map((one) => ({
    "derive, custom fields a case": one.custom_fields,
    "cases/s (median)": median(one.cases_per_second),
    "copying the same records/s (median)": median(one.baseline_per_second),
    ratio: one.ratio,
  })),
);
const results = {
  at: new Date().toISOString(),
  node: process.version,
  cpu: cpus()[0]?.model,
  cores: cpus().length,
  derive: figures,
};
writeFileSync("bench/results.json", `${JSON.stringify(results, null, 2)}\n`);
