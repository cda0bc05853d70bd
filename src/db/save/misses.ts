import type { Read } from "../../domain/read.ts";
import { MIRROR_TABLES } from "../mirror-tables.ts";

/** How a listing tells what webhooks missed from what they may still bring. Times ISO 8601 UTC. */
export interface Meter {
  foundBy: "poll" | "nightly";
  /** When MyCase served the page. */
  servedAt: string;
  /** A change dated between this and `servedAt` may have its event on its way. */
  heardFrom: string;
}

/** The page's records that were rewritten in this batch and whose event should have come by now. */
const MISSED = (table: string) => `FROM ${table} m WHERE m.org_id = ?1 AND m.id IN (SELECT value FROM json_each(?2))
AND m.version = (SELECT clock FROM orgs WHERE id = ?1)
AND coalesce(unixepoch(m.updated_at), 0) NOT BETWEEN unixepoch(?3) AND unixepoch(?4)`;

/**
 * Counts what webhooks missed, by the hour of the change, in the transaction that keeps the page: to be run right after
 * it. The second statement gives the sum as `missed`.
 */
export function missStatements(d1: D1Database, org: string, read: Read, meter: Meter): D1PreparedStatement[] {
  const table = MIRROR_TABLES[read.model];
  const ids = JSON.stringify(read.records.map((one) => one.id));
  return [
    d1
      .prepare(
        `INSERT INTO webhook_misses AS w (org_id, hour, model, found_by, missed)
SELECT ?1, strftime('%Y-%m-%dT%H:00:00.000Z', coalesce(m.updated_at, ?4)), ?5, ?6, count(*) ${MISSED(table)} GROUP BY 2
ON CONFLICT (org_id, hour, model, found_by) DO UPDATE SET missed = w.missed + excluded.missed`,
      )
      .bind(org, ids, meter.heardFrom, meter.servedAt, read.model, meter.foundBy),
    d1.prepare(`SELECT count(*) AS missed ${MISSED(table)}`).bind(org, ids, meter.heardFrom, meter.servedAt),
  ];
}
