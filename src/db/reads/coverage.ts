import type { Database } from "../database.ts";

export interface StoredCoverage {
  /** Cases that MyCase returned when they were last read, by bucket; `pending` has not been derived yet. */
  buckets: Record<string, number>;
  deleted: number;
  not_visible: number;
}

/** Every mirrored case in exactly one place. Cases that MyCase never returned a record of count nowhere. */
export async function readCoverage({ d1 }: Database, org: string): Promise<StoredCoverage> {
  const { results } = await d1
    .prepare(
      `SELECT m.state, coalesce(o.bucket, 'pending') AS bucket, count(*) AS n FROM mycase_cases m
LEFT JOIN case_outcomes o ON o.org_id = m.org_id AND o.case_id = m.id
WHERE m.org_id = ?1 AND (m.record IS NOT NULL OR m.state IN ('malformed', 'unreadable')) GROUP BY 1, 2`,
    )
    .bind(org)
    .all<{ state: string; bucket: string; n: number }>();
  const coverage: StoredCoverage = { buckets: {}, deleted: 0, not_visible: 0 };
  for (const { state, bucket, n } of results) {
    if (state === "deleted" || state === "not_visible") coverage[state] += n;
    else if (state === "malformed" || state === "unreadable") add(coverage.buckets, "failed", n);
    // A tombstone that has come back and has not been derived since.
    else add(coverage.buckets, bucket === "deleted" || bucket === "not_visible" ? "pending" : bucket, n);
  }
  return coverage;
}

function add(buckets: Record<string, number>, name: string, n: number): void {
  buckets[name] = (buckets[name] ?? 0) + n;
}

/** The ids of the cases with this number, lowest first. */
export async function caseIdsByNumber({ d1 }: Database, org: string, number: string): Promise<number[]> {
  const { results } = await d1
    .prepare("SELECT id FROM mycase_cases WHERE org_id = ?1 AND record ->> 'case_number' = ?2 ORDER BY id LIMIT 20")
    .bind(org, number)
    .all<{ id: number }>();
  return results.map((row) => row.id);
}
