import type { RunSchedule } from "../../db/stores/org-sync-store.ts";
import { localDay } from "../../domain/local-day.ts";

/** What is known of an org's clockwork. */
export type ScheduleState = Omit<RunSchedule, "pull_lead_objects">;

/** A run that should have happened and did not (R59). */
export interface Overdue {
  kind: "poll" | "nightly" | "backfill";
  /** When it was due, ISO 8601 UTC. */
  due_at: string;
  /** When the one began that has not ended and is in its way; null when there is none. */
  begun_at: string | null;
}

const MINUTE_MS = 60_000;
const POLL_EVERY_MS = 5 * MINUTE_MS;
const POLL_LATE_MS = 3 * POLL_EVERY_MS; // one poll may take its time, or meet an outage; three may not
const NIGHTLY_LATE_MS = 2 * 60 * MINUTE_MS; // the tick is hourly, and MyCase may be down for an hour

/**
 * The runs that are missing now. What waits for a decision, or for a connection that does not work (`working`: it does),
 * is not missing: the alarms of those tell. Pure: the clock is given.
 */
export function overdueRuns(clockwork: ScheduleState, working: boolean, now: Date): Overdue[] {
  const due = dueRuns(clockwork, now);
  return due.flatMap(({ kind, due_at }) => {
    const open = clockwork.open.find((run) => run.kind === kind);
    const waits = open !== undefined && (open.state === "held" || !working);
    return waits ? [] : [{ kind, due_at, begun_at: open?.created_at ?? null }];
  });
}

function dueRuns(clockwork: ScheduleState, now: Date): Pick<Overdue, "kind" | "due_at">[] {
  if (clockwork.connected_at === null) return [];
  const connected = Date.parse(clockwork.connected_at);
  const full = clockwork.last_full_at;
  if (full === null) {
    return now.getTime() - connected > POLL_LATE_MS ? [{ kind: "backfill", due_at: clockwork.connected_at }] : [];
  }
  const due: Pick<Overdue, "kind" | "due_at">[] = [];
  const lastPoll = Math.max(connected, Date.parse(full), Date.parse(clockwork.last_poll_at ?? full));
  if (!clockwork.backfillRunning && now.getTime() - lastPoll > POLL_LATE_MS) {
    due.push({ kind: "poll", due_at: new Date(lastPoll + POLL_EVERY_MS).toISOString() });
  }
  const midnight = dayChangeAfter(new Date(full), clockwork.timezone);
  if (now.getTime() - midnight.getTime() > NIGHTLY_LATE_MS) {
    due.push({ kind: "nightly", due_at: midnight.toISOString() });
  }
  return due;
}

/** The first quarter of an hour of the next local day: zones differ from UTC by whole quarters. */
function dayChangeAfter(at: Date, timezone: string): Date {
  const day = localDay(at, timezone);
  const quarter = 15 * MINUTE_MS;
  let next = Math.ceil((at.getTime() + 1) / quarter) * quarter;
  while (localDay(new Date(next), timezone) <= day) next += quarter;
  return new Date(next);
}
