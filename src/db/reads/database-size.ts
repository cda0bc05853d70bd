import type { Database } from "../database.ts";

const FRESH_MS = 60_000; // a scrape asks for every org

/** How large the database is, in bytes, looked up at most once a minute; 0 where the platform does not say. */
export function createDatabaseSize({ d1 }: Database, now: () => Date): () => Promise<number> {
  let cached = { until: 0, bytes: 0 };
  return async () => {
    if (cached.until > now().getTime()) return cached.bytes;
    const { meta } = await d1.prepare("SELECT 1").run();
    cached = { until: now().getTime() + FRESH_MS, bytes: meta.size_after ?? 0 };
    return cached.bytes;
  };
}
