import type { z } from "@hono/zod-openapi";
import type { StoredCoverage } from "../../db/reads/coverage.ts";
import type { coverageSchema } from "../schemas/insight.ts";

const BUCKETS = ["project", "lead", "disabled", "type_unmapped", "failed", "pending"] as const;

/**
 * The buckets with MyCase's own total. Cases that MyCase has and are not stored yet are `pending`; stored ones that
 * MyCase no longer counts are `unconfirmed` until each has been read.
 */
export function presentCoverage(
  stored: StoredCoverage,
  mycaseTotal: number | null,
  now: Date,
): z.infer<typeof coverageSchema> {
  const counts = Object.fromEntries(BUCKETS.map((name) => [name, stored.buckets[name] ?? 0])) as Record<
    (typeof BUCKETS)[number],
    number
  >;
  const storedTotal = Object.values(counts).reduce((sum, n) => sum + n, 0);
  const total = mycaseTotal ?? storedTotal;
  return {
    mycase_total: Math.max(total, storedTotal),
    buckets: { ...counts, pending: counts.pending + Math.max(0, total - storedTotal) },
    gone: { deleted: stored.deleted, not_visible: stored.not_visible },
    unconfirmed: Math.max(0, storedTotal - total),
    asked_mycase: mycaseTotal !== null,
    checked_at: now.toISOString(),
  };
}
