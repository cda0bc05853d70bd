import { type Alarm, alarm } from "./alarm-codes.ts";

const MAX_DATABASE_BYTES = 10_000_000_000; // D1's limit, which cannot be raised
const WARN_AT = 0.8;
const CRITICAL_AT = 0.95; // from here a large import may fill it; writes then fail and messages wait

/** The alarm of a database that is nearly full; all orgs share it. */
export function databaseAlarms(bytes: number): Alarm[] {
  const share = bytes / MAX_DATABASE_BYTES;
  if (share < WARN_AT) return [];
  const severity = share < CRITICAL_AT ? "warning" : "critical";
  const detail = `The database holds ${(bytes / 1e9).toFixed(1)} of ${MAX_DATABASE_BYTES / 1e9} GB.`;
  return [alarm("database_full", { since: null, detail, severity })];
}
