import type { ConnectedOrg } from "../../db/stores/org-sync-store.ts";
import { localDay } from "../../domain/local-day.ts";

/**
 * Whether an org's nightly is due: its local day has changed since the last run that listed everything. So midnight
 * is met in every time zone, also where clocks skip it or a tick was missed (R59).
 */
export function isNightlyDue(now: Date, timezone: string, lastFullRunAt: string | null): boolean {
  if (lastFullRunAt === null) return false; // the first import comes first
  return localDay(now, timezone) > localDay(new Date(lastFullRunAt), timezone);
}

/** Whether it is due and has not failed today: one that failed lists everything again, and has to wait for the hourly tick. */
export function isFirstNightlyDue(now: Date, { timezone, last_full_at, last_full_attempt_at }: ConnectedOrg): boolean {
  return isNightlyDue(now, timezone, last_full_at) && isNightlyDue(now, timezone, last_full_attempt_at);
}
