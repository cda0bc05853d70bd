import type { Database } from "../database.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

/** What is bookkeeping only, and for how many days it is kept. Rows, mirror and ledger stay. */
const KEPT_DAYS: { table: string; where: string; days: number }[] = [
  { table: "runs", where: "finished_at < ?1", days: 60 },
  { table: "jobs", where: "finished_at < ?1", days: 60 },
  { table: "dead_letters", where: "closed_at < ?1", days: 90 },
  { table: "webhook_counts", where: "hour < ?1", days: 90 },
  { table: "webhook_misses", where: "hour < ?1", days: 90 },
  { table: "idempotency_keys", where: "created_at < ?1", days: 2 },
];

/** Forgets bookkeeping of long ago. */
export interface Retention {
  /** How many rows went. */
  prune(now: Date): Promise<number>;
}

export function createRetention({ d1, batch }: Database): Retention {
  return {
    async prune(now) {
      const results = await batch(
        KEPT_DAYS.map(({ table, where, days }) =>
          d1.prepare(`DELETE FROM ${table} WHERE ${where}`).bind(new Date(now.getTime() - days * DAY_MS).toISOString()),
        ),
      );
      return results.reduce((sum, result) => sum + (result.meta.changes ?? 0), 0);
    },
  };
}
