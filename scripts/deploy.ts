import { runWrangler } from "./wrangler.ts";

// The real deployment: migrations first, then the worker. A dry run builds the worker and needs no account.
const dryRun = process.argv.includes("--dry-run");
if (dryRun) {
  await runWrangler(["deploy", "--dry-run", "--outdir", "dist"], { show: true });
} else {
  await runWrangler(["d1", "migrations", "apply", "DB", "--remote"], { show: true });
  await runWrangler(["deploy"], { show: true });
}
