import type { Read } from "../../domain/read.ts";
import { countMissed, insertMissed } from "../sql/missed-webhooks.ts";
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
 * Counts what webhooks missed, in the transaction that saves the page: to be run right before it. The last statement
 * gives the sum as `missed`.
 */
export function missedWebhookStatements(
  d1: D1Database,
  org: string,
  read: Read,
  probe: MissedWebhookProbe,
): D1PreparedStatement[] {
  const table = MIRROR_TABLES[read.model];
  const records = JSON.stringify(read.records.map(({ id, updated_at, hash }) => ({ id, updated_at, hash })));
  const values = [org, records, probe.heardFrom, probe.servedAt, read.ticket];
  return [
    d1.prepare(insertMissed(table)).bind(...values, read.model, probe.foundBy),
    d1.prepare(countMissed(table)).bind(...values),
  ];
}
