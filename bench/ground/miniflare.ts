import { createRequire } from "node:module";

/** What the benchmarks use of miniflare, wrangler's own way of running workerd. */
export interface Miniflare {
  ready: Promise<URL>;
  getD1Database(binding: string): Promise<D1Database>;
  dispose(): Promise<void>;
}

interface MiniflareModule {
  Miniflare: new (options: unknown) => Miniflare;
  /** Options as miniflare 4 had them, which is also what wrangler makes of wrangler.toml. */
  convertV4MiniflareOptions(options: Record<string, unknown>): unknown;
}

/** The copy that wrangler depends on, so that the workerd measured is the one that `npm start` runs. */
export function loadMiniflare(): MiniflareModule {
  const fromHere = createRequire(import.meta.url);
  return createRequire(fromHere.resolve("wrangler/package.json"))("miniflare") as MiniflareModule;
}

/** The version of workerd that it runs. */
export function workerdVersion(): string {
  const fromHere = createRequire(import.meta.url);
  const fromWrangler = createRequire(fromHere.resolve("wrangler/package.json"));
  return (fromWrangler("workerd/package.json") as { version: string }).version;
}
