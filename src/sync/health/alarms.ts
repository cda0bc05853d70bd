import { type Alarm, alarm } from "./alarm-codes.ts";
import { type ConnectionInputs, connectionAlarms } from "./connection-alarms.ts";
import type { Overdue } from "./overdue.ts";
import { type WebhookInputs, webhookAlarms } from "./webhook-alarms.ts";

/** What alarms are raised from. */
export interface HealthInputs extends WebhookInputs {
  connection: ConnectionInputs;
  overdue: Overdue[];
  held: { kind: string; created_at: string }[];
  failed: { kind: string; finished_at: string | null }[];
  dead_letters: { open: number; oldest_at: string | null };
}

/** The alarms of one org, worst first. Pure. */
export function raiseAlarms(inputs: HealthInputs, now: Date): Alarm[] {
  const alarms = [
    ...connectionAlarms(inputs.connection, now),
    ...inputs.overdue.map(overdueAlarm),
    ...inputs.held.map(heldAlarm),
    ...inputs.failed.map(failedAlarm),
    ...deadLetterAlarms(inputs.dead_letters),
    ...(inputs.connection.state === "not_connected" ? [] : webhookAlarms(inputs)),
  ];
  return alarms.sort((a, b) => a.severity.localeCompare(b.severity));
}

function overdueAlarm({ kind, due_at, begun_at }: Overdue): Alarm {
  const instead = begun_at ? `the one that began at ${begun_at} has not ended` : "none has begun";
  return alarm(`${kind}_overdue`, { since: due_at, detail: `A ${kind} was due at ${due_at}, and ${instead}.` });
}

function heldAlarm({ kind, created_at }: HealthInputs["held"][number]): Alarm {
  const detail = `The blast guard holds a ${kind}: it would change more projects than the mapping allows at once.`;
  return alarm("run_held", { since: created_at, detail });
}

function failedAlarm({ kind, finished_at }: HealthInputs["failed"][number]): Alarm {
  return alarm("run_failed", { since: finished_at, detail: `The last ${kind} failed.` });
}

function deadLetterAlarms({ open, oldest_at }: HealthInputs["dead_letters"]): Alarm[] {
  if (open === 0) return [];
  const detail = open === 1 ? "1 record could not be processed." : `${open} records could not be processed.`;
  return [alarm("dead_letters", { since: oldest_at, detail })];
}
