import type { ListingTrouble } from "../../db/stores/listing-trouble-store.ts";
import { type Alarm, alarm } from "./alarm-codes.ts";
import { type ConnectionInputs, connectionAlarms } from "./connection-alarms.ts";
import { databaseAlarms } from "./database-alarms.ts";
import type { Overdue } from "./overdue.ts";
import { type WebhookInputs, webhookAlarms } from "./webhook-alarms.ts";

const MIN_UNCHECKED_RUNS = 2; // a listing may come out incomplete once, while people work

/** What alarms are raised from. */
export interface HealthInputs extends WebhookInputs {
  connection: ConnectionInputs;
  overdue: Overdue[];
  /** `held_for` is null for runs that an earlier version held. */
  held: { kind: string; held_at: string; held_for: string | null }[];
  failed: { kind: string; finished_at: string | null }[];
  listing_troubles: ListingTrouble[];
  dead_letters: { open: number; oldest_at: string | null };
  database_bytes: number;
}

const HELD_CRITICAL_MS = 24 * 3_600_000; // what it holds is out of date by more than a night

/** The alarms of one org, worst first. Pure. */
export function raiseAlarms(inputs: HealthInputs, now: Date): Alarm[] {
  const alarms = [
    ...connectionAlarms(inputs.connection, now),
    ...inputs.overdue.map(overdueAlarm),
    ...inputs.held.map((run) => heldAlarm(run, now)),
    ...inputs.failed.map(failedAlarm),
    ...listingAlarms(inputs.listing_troubles),
    ...deadLetterAlarms(inputs.dead_letters),
    ...databaseAlarms(inputs.database_bytes),
    ...(inputs.connection.state === "not_connected" ? [] : webhookAlarms(inputs)),
  ];
  return alarms.sort((a, b) => a.severity.localeCompare(b.severity));
}

function overdueAlarm({ kind, due_at, begun_at }: Overdue): Alarm {
  const instead = begun_at ? `the one that began at ${begun_at} has not ended` : "none has begun";
  return alarm(`${kind}_overdue`, { since: due_at, detail: `A ${kind} was due at ${due_at}, and ${instead}.` });
}

function heldAlarm({ kind, held_at, held_for }: HealthInputs["held"][number], now: Date): Alarm {
  const detail =
    held_for === "visibility_reduced"
      ? `A ${kind} waits for a decision: MyCase lists far fewer cases than before.`
      : `The blast guard holds a ${kind}: it would change more projects than the mapping allows at once.`;
  const severity = now.getTime() - Date.parse(held_at) > HELD_CRITICAL_MS ? "critical" : "warning";
  return alarm("run_held", { since: held_at, detail, severity });
}

function failedAlarm({ kind, finished_at }: HealthInputs["failed"][number]): Alarm {
  return alarm("run_failed", { since: finished_at, detail: `The last ${kind} failed.` });
}

function listingAlarms(troubles: ListingTrouble[]): Alarm[] {
  const forbidden = troubles.filter(({ kind }) => kind === "forbidden");
  const unchecked = troubles.filter(({ kind, runs }) => kind === "deletions_unchecked" && runs >= MIN_UNCHECKED_RUNS);
  return [listingAlarm("listing_forbidden", forbidden), listingAlarm("deletions_unchecked", unchecked)].flat();
}

function listingAlarm(code: "listing_forbidden" | "deletions_unchecked", troubles: ListingTrouble[]): Alarm[] {
  if (troubles.length === 0) return [];
  const since = troubles.map(({ first_at }) => first_at).sort()[0] ?? null;
  return [alarm(code, { since, detail: troubles.map(({ detail }) => detail).join(" ") })];
}

function deadLetterAlarms({ open, oldest_at }: HealthInputs["dead_letters"]): Alarm[] {
  if (open === 0) return [];
  const detail = open === 1 ? "1 record could not be processed." : `${open} records could not be processed.`;
  return [alarm("dead_letters", { since: oldest_at, detail })];
}
