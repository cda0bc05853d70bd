import type { StoredCoverage } from "../db/reads/coverage.ts";

const BUCKETS = ["project", "lead", "disabled", "type_unmapped", "failed", "pending"] as const;

/**
 * The buckets with MyCase's own total. What MyCase has and is not here yet is `pending`; what is here and MyCase no
 * longer counts is `unconfirmed`, until a read of each tells whether it is deleted or only out of sight.
 */
export function presentCoverage(stored: StoredCoverage, mycaseTotal: number | null, now: Date) {
  const counts = Object.fromEntries(BUCKETS.map((name) => [name, stored.buckets[name] ?? 0])) as Record<
    (typeof BUCKETS)[number],
    number
  >;
  const here = Object.values(counts).reduce((sum, n) => sum + n, 0);
  const total = mycaseTotal ?? here;
  return {
    mycase_total: Math.max(total, here),
    buckets: { ...counts, pending: counts.pending + Math.max(0, total - here) },
    gone: { deleted: stored.deleted, not_visible: stored.not_visible },
    unconfirmed: Math.max(0, here - total),
    asked_mycase: mycaseTotal !== null,
    checked_at: now.toISOString(),
  };
}
