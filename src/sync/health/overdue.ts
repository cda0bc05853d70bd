import { localDay } from "../../domain/local-day.ts";

/** What is known of an org's clockwork. Times ISO 8601 UTC. */
export interface Clockwork {
  timezone: string;
  connected_at: string | null;
  /** When the last run of the kind began; `full`: a nightly or a backfill that did not fail. */
  last_poll_at: string | null;
  last_full_at: string | null;
  /** Everything is being imported: no poll is due. */
  importing: boolean;
}

/** A run that should have happened and did not (R59). */
export interface Overdue {
  kind: "poll" | "nightly" | "backfill";
  /** When it was due, ISO 8601 UTC. */
  due_at: string;
}

const MINUTE_MS = 60_000;
const POLL_EVERY_MS = 5 * MINUTE_MS;
const POLL_LATE_MS = 3 * POLL_EVERY_MS; // one poll may take its time, or meet an outage; three may not
const NIGHTLY_LATE_MS = 2 * 60 * MINUTE_MS; // the tick is hourly, and MyCase may be down for an hour

/** The runs that are missing now. Pure: the clock is given. */
export function overdueRuns(clockwork: Clockwork, now: Date): Overdue[] {
  if (clockwork.connected_at === null) return [];
  const overdue: Overdue[] = [];
  const connected = Date.parse(clockwork.connected_at);
  const full = clockwork.last_full_at;
  if (full === null) {
    if (now.getTime() - connected > POLL_LATE_MS) overdue.push({ kind: "backfill", due_at: clockwork.connected_at });
    return overdue;
  }
  const lastPoll = Math.max(connected, Date.parse(full), Date.parse(clockwork.last_poll_at ?? full));
  if (!clockwork.importing && now.getTime() - lastPoll > POLL_LATE_MS) {
    overdue.push({ kind: "poll", due_at: new Date(lastPoll + POLL_EVERY_MS).toISOString() });
  }
  const midnight = dayChangeAfter(new Date(full), clockwork.timezone);
  if (now.getTime() - midnight.getTime() > NIGHTLY_LATE_MS) {
    overdue.push({ kind: "nightly", due_at: midnight.toISOString() });
  }
  return overdue;
}

/** The first quarter of an hour of the next local day: zones differ from UTC by whole quarters. */
function dayChangeAfter(at: Date, timezone: string): Date {
  const day = localDay(at, timezone);
  const quarter = 15 * MINUTE_MS;
  let next = Math.ceil((at.getTime() + 1) / quarter) * quarter;
  while (localDay(new Date(next), timezone) <= day) next += quarter;
  return new Date(next);
}
