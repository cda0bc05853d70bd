import { type ConnectionCause, type ConnectionState, guideOf } from "../../domain/connection-state.ts";

export type Severity = "critical" | "warning";

const OVERDUE = {
  severity: "critical",
  fix: "Check that the cron triggers are deployed and the queues move; start one with POST runs.",
} as const;

/** Every alarm there is: how bad it is and what to do. The runbook has a chapter for each code. */
export const ALARMS = {
  reauthorization_required: connectionAlarm({ state: "reauthorization_required", cause: null }),
  permission_lost: connectionAlarm({ state: "permission_lost", cause: null }),
  refresh_failing: connectionAlarm({ state: "refresh_failing", cause: null }),
  mycase_unavailable: connectionAlarm({ state: "mycase_unavailable", cause: null }),
  refresh_token_expiring: {
    severity: "critical",
    fix: "Find out why refreshes fail; connect again before that time if they keep failing.",
  },
  poll_overdue: OVERDUE,
  nightly_overdue: OVERDUE,
  backfill_overdue: OVERDUE,
  run_held: {
    severity: "warning",
    fix: "Look at the run's diff; approve it, or cancel it and correct the mapping.",
  },
  run_failed: {
    severity: "warning",
    fix: "Read the run's errors; the next run resumes from the last good cursor.",
  },
  listing_forbidden: {
    severity: "warning",
    fix: "Connect again with an account that may see them; everything else is synced meanwhile.",
  },
  deletions_unchecked: {
    severity: "warning",
    fix: "Compare the listing with MyCase's own count; webhooks still delete, what they miss stays until a listing is complete.",
  },
  dead_letters: {
    severity: "warning",
    fix: "Read the reasons under dead-letters; correct the record in MyCase; replay.",
  },
  subscription_missing: {
    severity: "warning",
    fix: "The next nightly creates it again; connecting again does so at once.",
  },
  webhooks_silent: {
    severity: "warning",
    fix: "Check that PUBLIC_URL can be reached from the internet, and MyCase's subscriptions; connect again.",
  },
  queue_slow: {
    severity: "warning",
    fix: "Look at the queue's backlog and the consumer's errors; MyCase may have been down.",
  },
  database_full: {
    severity: "critical",
    fix: "Move orgs to a deployment of their own, or delete those that have left; what cannot be saved waits meanwhile.",
  },
} as const satisfies Record<string, { severity: Severity; fix: string }>;

export type AlarmCode = keyof typeof ALARMS;

/** Something that a person should know. */
export interface Alarm {
  code: AlarmCode;
  severity: Severity;
  /** ISO 8601 UTC; null when it is not known. */
  since: string | null;
  detail: string;
  fix: string;
}

/** An alarm as its table entry says; `severity` and `fix` where they depend on more than the code. */
export function alarm(
  code: AlarmCode,
  evidence: Pick<Alarm, "since" | "detail"> & Partial<Pick<Alarm, "severity" | "fix">>,
): Alarm {
  const { severity, fix } = ALARMS[code];
  return { code, severity, fix, ...evidence };
}

/** How bad a state of the connection is, and what to do about it. */
export function connectionAlarm(connection: { state: ConnectionState; cause: ConnectionCause | null }): {
  severity: Severity;
  fix: string;
} {
  const { severity, label, advice } = guideOf(connection);
  return { severity: severity ?? "warning", fix: advice ?? label };
}
