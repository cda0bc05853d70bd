import type { WebhookHour } from "../../db/stores/webhook-stats-store.ts";
import { WEBHOOK_MODELS } from "../../domain/resources.ts";
import type { ConnectionState, ConnectionStatus } from "../../mycase/connection/types.ts";
import type { Overdue } from "./overdue.ts";

/** Something that a person should know of; the runbook has a chapter for each code. */
export interface Alarm {
  code: string;
  severity: "critical" | "warning";
  /** ISO 8601 UTC; null when it is not known. */
  since: string | null;
  detail: string;
  /** What to do. */
  fix: string;
}

/** What alarms are raised from. */
export interface HealthInputs {
  connection: Pick<ConnectionStatus, "state" | "since" | "why" | "refresh_expires_at">;
  overdue: Overdue[];
  held: { kind: string; created_at: string }[];
  failed: { kind: string; finished_at: string | null }[];
  dead_letters: { open: number; oldest_at: string | null };
  /** Kinds of record that a live subscription exists for. */
  subscribed: string[];
  pull_lead_objects: boolean;
  /** The last 24 hours. */
  webhooks: WebhookHour[];
  last_webhook_at: string | null;
}

const EXPIRY_WARNING_MS = 4 * 24 * 60 * 60 * 1000;
const SLOW_QUEUE_MS = 60_000;
const LONG_OUTAGE_MS = 60 * 60 * 1000; // an outage that lasts so long is the firm's business too

/** The alarms of one org, worst first. Pure: the clock is given. */
export function raiseAlarms(vitals: HealthInputs, now: Date): Alarm[] {
  const alarms = [
    ...connectionAlarms(vitals, now),
    ...vitals.overdue.map(overdueAlarm),
    ...vitals.held.map(heldAlarm),
    ...vitals.failed.map(failedAlarm),
    ...deadLetterAlarms(vitals),
    ...webhookAlarms(vitals),
  ];
  return alarms.sort((one, other) => one.severity.localeCompare(other.severity));
}

const STATES: Record<Exclude<ConnectionState, "connected" | "not_connected">, [Alarm["severity"], string]> = {
  reauthorization_required: ["critical", "Connect again with the account of a MyCase administrator."],
  permission_lost: [
    "critical",
    "Give the connecting user back the permission to manage the firm's preferences, or connect as another administrator.",
  ],
  refresh_failing: ["warning", "Nothing yet: it is tried again every five minutes. See when the tokens expire."],
  mycase_unavailable: ["warning", "Nothing yet: work waits and goes on by itself when MyCase is back."],
};

function connectionAlarms({ connection }: HealthInputs, now: Date): Alarm[] {
  const { state, since, why, refresh_expires_at } = connection;
  if (state === "not_connected") return [];
  const alarms: Alarm[] = [];
  if (state !== "connected") {
    const [severity, fix] = STATES[state];
    const lasting = since !== null && now.getTime() - Date.parse(since) >= LONG_OUTAGE_MS;
    alarms.push({ code: state, severity: lasting ? "critical" : severity, since, detail: why ?? state, fix });
  }
  if (refresh_expires_at && Date.parse(refresh_expires_at) - now.getTime() < EXPIRY_WARNING_MS) {
    alarms.push({
      code: "refresh_token_expiring",
      severity: "critical",
      since: null,
      detail: `The refresh token dies at ${refresh_expires_at}; it should have been renewed daily.`,
      fix: "Look why refreshes fail; connect again before that time if they go on failing.",
    });
  }
  return alarms;
}

function overdueAlarm({ kind, due_at, begun_at }: Overdue): Alarm {
  const but = begun_at ? `the one that began at ${begun_at} has not ended` : "none has begun";
  return {
    code: `${kind}_overdue`,
    severity: "critical",
    since: due_at,
    detail: `A ${kind} was due at ${due_at}, and ${but}.`,
    fix: "Check that the cron triggers are deployed and the queues move; start one with POST runs.",
  };
}

function heldAlarm({ kind, created_at }: HealthInputs["held"][number]): Alarm {
  return {
    code: "run_held",
    severity: "warning",
    since: created_at,
    detail: `The blast guard holds a ${kind}: it would change more projects than the mapping allows at once.`,
    fix: "Look at the run's diff; approve it, or cancel it and mend the mapping.",
  };
}

function failedAlarm({ kind, finished_at }: HealthInputs["failed"][number]): Alarm {
  return {
    code: "run_failed",
    severity: "warning",
    since: finished_at,
    detail: `The last ${kind} failed.`,
    fix: "Read the run's errors; the next one goes on from the last good cursor.",
  };
}

function deadLetterAlarms({ dead_letters: { open, oldest_at } }: HealthInputs): Alarm[] {
  if (open === 0) return [];
  const detail = open === 1 ? "1 record could not be processed." : `${open} records could not be processed.`;
  const fix = "Read the reasons under dead-letters; mend the record in MyCase; replay.";
  return [{ code: "dead_letters", severity: "warning", since: oldest_at, detail, fix }];
}

function webhookAlarms(vitals: HealthInputs): Alarm[] {
  if (vitals.connection.state === "not_connected") return [];
  const wanted = WEBHOOK_MODELS.filter((model) => model !== "lead" || vitals.pull_lead_objects);
  const alarms: Alarm[] = [];
  const missing = wanted.filter((model) => !vitals.subscribed.includes(model));
  if (missing.length > 0) {
    alarms.push({
      code: "subscription_missing",
      severity: "warning",
      since: null,
      detail: `There is no webhook subscription for ${missing.join(", ")}; polls find those changes within minutes.`,
      fix: "The next nightly makes it anew; connecting again does so at once.",
    });
  }
  const silent = wanted.filter((model) => {
    const { received, missed } = sumOf(vitals.webhooks, model);
    return missed > 0 && received === 0;
  });
  if (silent.length > 0) {
    alarms.push({
      code: "webhooks_silent",
      severity: "warning",
      since: vitals.last_webhook_at,
      detail: `For a day no webhook has come for ${silent.join(", ")}, and polls found changes; portals are minutes late.`,
      fix: "Check that PUBLIC_URL can be reached from the internet, and MyCase's subscriptions; connect again.",
    });
  }
  const slowest = Math.max(0, ...vitals.webhooks.map((one) => one.longest_wait_ms));
  if (slowest > SLOW_QUEUE_MS) {
    alarms.push({
      code: "queue_slow",
      severity: "warning",
      since: null,
      detail: `Within a day an event waited ${Math.round(slowest / 1000)} s in the queue.`,
      fix: "Look at the queue's backlog and the consumer's errors; MyCase may have been down.",
    });
  }
  return alarms;
}

/** What webhooks brought and missed of a kind. */
function sumOf(hours: WebhookHour[], model: string): { received: number; missed: number } {
  const own = hours.filter((hour) => hour.model === model);
  return {
    received: own.reduce((sum, hour) => sum + hour.received, 0),
    missed: own.reduce((sum, hour) => sum + hour.missed_found_by_poll + hour.missed_found_by_nightly, 0),
  };
}
