import type { RunSchedule } from "../../db/stores/org-sync-store.ts";
import { localDay } from "../../domain/local-day.ts";
import { POLL_INTERVAL_MS } from "../../domain/poll-interval.ts";

/** What the overdue runs are told from. */
export type ScheduleState = Omit<RunSchedule, "pull_lead_objects">;

/** A run that should have happened and did not (R59). */
export interface Overdue {
  kind: "poll" | "nightly" | "backfill";
  /** When it was due, ISO 8601 UTC. */
  due_at: string;
  /** When the unfinished run of this kind began; null when there is none. */
  begun_at: string | null;
}

const MINUTE_MS = 60_000;
const POLL_GRACE_MS = 3 * POLL_INTERVAL_MS; // one poll may be slow or meet an outage; three in a row may not
const NIGHTLY_GRACE_MS = 2 * 60 * MINUTE_MS; // a failed one is started again hourly, and MyCase may be down for an hour

/**
 * The runs that are missing now. A run that waits for a connection that is not `working` has an alarm of its own and is
 * not missing. Pure.
 */
export function overdueRuns(schedule: ScheduleState, working: boolean, now: Date): Overdue[] {
  const due = dueRuns(schedule, now);
  return due.flatMap(({ kind, due_at }) => {
    const open = schedule.open.find((run) => run.kind === kind);
    const waits = open !== undefined && !working;
    return waits ? [] : [{ kind, due_at, begun_at: open?.created_at ?? null }];
  });
}

function dueRuns(schedule: ScheduleState, now: Date): Pick<Overdue, "kind" | "due_at">[] {
  if (schedule.connected_at === null) return [];
  const connected = Date.parse(schedule.connected_at);
  const full = schedule.last_full_at;
  if (full === null) {
    return now.getTime() - connected > POLL_GRACE_MS ? [{ kind: "backfill", due_at: schedule.connected_at }] : [];
  }
  const due: Pick<Overdue, "kind" | "due_at">[] = [];
  const lastPoll = Math.max(connected, Date.parse(full), Date.parse(schedule.last_poll_at ?? full));
  if (!schedule.backfillRunning && now.getTime() - lastPoll > POLL_GRACE_MS) {
    due.push({ kind: "poll", due_at: new Date(lastPoll + POLL_INTERVAL_MS).toISOString() });
  }
  const midnight = dayChangeAfter(new Date(full), schedule.timezone);
  if (now.getTime() - midnight.getTime() > NIGHTLY_GRACE_MS) {
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
