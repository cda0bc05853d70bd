import type { SyncContext } from "../context.ts";
import { missedOf } from "./webhook-alarms.ts";

const HOUR_MS = 60 * 60 * 1000;

/** What webhooks brought in the last hours, and what they missed. */
export async function webhookReport({ webhookStats, now }: SyncContext, org: string, lastHours: number) {
  const since = new Date(now().getTime() - lastHours * HOUR_MS);
  const [byOrg, lastReceived] = await Promise.all([webhookStats.hours([org], since), webhookStats.lastReceived([org])]);
  const hours = byOrg.get(org) ?? [];
  const received = hours.reduce((sum, hour) => sum + hour.received, 0);
  return { hours, received, missed: missedOf(hours), last_received_at: lastReceived.get(org) ?? null };
}
