import type { Read } from "../../domain/read.ts";
import { MIRROR_TABLES } from "./mirror-tables.ts";

/** How a listing tells what webhooks missed from what they may still bring. Times ISO 8601 UTC. */
export interface MissedWebhookProbe {
  foundBy: "poll" | "nightly";
  /** When MyCase served the page. */
  servedAt: string;
  /** A change dated between this and `servedAt` may have its event on its way. */
  heardFrom: string;
}

/**
 * Records of the page that are new here, or that MyCase dates otherwise than when they were last read, and whose event
 * should have come by now. What changed without a new date, MyCase itself does not take for an update.
 */
const MISSED = (table: string) => `FROM json_each(?2) r LEFT JOIN ${table} m ON m.org_id = ?1 AND m.id = r.value ->> 0
WHERE (m.id IS NULL OR (m.ticket < ?5 AND m.hash <> r.value ->> 2 AND m.updated_at IS NOT r.value ->> 1))
AND coalesce(unixepoch(r.value ->> 1), 0) NOT BETWEEN unixepoch(?3) AND unixepoch(?4)`;

/**
 * Counts what webhooks missed, by the hour of the change, in the transaction that keeps the page: to be run right before
 * it. The last statement gives the sum as `missed`.
 */
export function missedWebhookStatements(
  d1: D1Database,
  org: string,
  read: Read,
  meter: MissedWebhookProbe,
): D1PreparedStatement[] {
  const table = MIRROR_TABLES[read.model];
  const records = JSON.stringify(read.records.map((one) => [one.id, one.updated_at, one.hash]));
  const given = [org, records, meter.heardFrom, meter.servedAt, read.ticket];
  return [
    d1
      .prepare(
        `INSERT INTO webhook_misses AS w (org_id, hour, model, found_by, missed)
SELECT ?1, strftime('%Y-%m-%dT%H:00:00.000Z', coalesce(r.value ->> 1, ?4)), ?6, ?7, count(*) ${MISSED(table)} GROUP BY 2
ON CONFLICT (org_id, hour, model, found_by) DO UPDATE SET missed = w.missed + excluded.missed`,
      )
      .bind(...given, read.model, meter.foundBy),
    d1.prepare(`SELECT count(*) AS missed ${MISSED(table)}`).bind(...given),
  ];
}
