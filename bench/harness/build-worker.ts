import { join } from "node:path";
import { runWrangler } from "../../scripts/wrangler.ts";

/** Bundles a worker as a deployment would; gives the script's path. Without an entry it is the product's own. */
export async function buildWorker(folder: string, entry?: string): Promise<string> {
  await runWrangler(["deploy", ...(entry === undefined ? [] : [entry]), "--dry-run", "--outdir", folder]);
  const name = entry === undefined ? "index" : entry.replace(/^.*\//, "").replace(/\.ts$/, "");
  return join(folder, `${name}.js`);
}
