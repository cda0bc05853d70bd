import type { Database } from "../database.ts";

export const BUCKETS = ["project", "lead", "disabled", "type_unmapped", "failed", "pending"] as const;

/** Where a case counts in the coverage, tombstones included. */
export type Bucket = (typeof BUCKETS)[number] | "deleted" | "not_visible";

export interface CaseInBucket {
  id: number;
  name: string | null;
  case_number: string | null;
  code: string | null;
}

/** The classification of `readCoverage`, case by case: ids above `?3`, lowest first. */
const SELECT = `SELECT m.id, m.record ->> 'name' AS name, m.record ->> 'case_number' AS case_number, o.code
FROM mycase_cases m
LEFT JOIN case_outcomes o ON o.org_id = m.org_id AND o.case_id = m.id
WHERE m.org_id = ?1 AND m.id > ?3 AND (m.record IS NOT NULL OR m.state IN ('malformed', 'unreadable')) AND ?2 = CASE
  WHEN m.state IN ('deleted', 'not_visible') THEN m.state
  WHEN m.state IN ('malformed', 'unreadable') THEN 'failed'
  WHEN o.bucket IN ('deleted', 'not_visible') THEN 'pending'
  ELSE coalesce(o.bucket, 'pending') END
ORDER BY m.id LIMIT ?4`;

/** The cases that the coverage counts in a bucket, and the code of the gate that put them there. */
export async function casesInBucket(
  { d1 }: Database,
  org: string,
  bucket: Bucket,
  page: { limit: number; after: number },
): Promise<CaseInBucket[]> {
  const { results } = await d1.prepare(SELECT).bind(org, bucket, page.after, page.limit).all<CaseInBucket>();
  return results;
}
