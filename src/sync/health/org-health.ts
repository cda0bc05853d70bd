import type { SyncContext } from "../context.ts";
import { type Alarm, raiseAlarms } from "./alarms.ts";
import { type Overdue, overdueRuns } from "./overdue.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

/** Everything an operator looks at for one org, at the cost of a few look-ups; MyCase is not asked. */
export async function orgHealth(context: SyncContext, org: string) {
  const now = context.now();
  const [status, clockwork, runs, letters, subscriptions, webhooks, last_webhook_at] = await Promise.all([
    context.connection(org).status(),
    context.orgs.runSchedule(org),
    context.runs.summary(org),
    context.deadLetters.summary(org),
    context.subscriptions.list(org),
    context.webhookStats.hours(org, new Date(now.getTime() - DAY_MS)),
    context.webhookStats.lastReceived(org),
  ]);
  const overdue: Overdue[] = clockwork ? overdueRuns(clockwork, status.state === "connected", now) : [];
  const alarms: Alarm[] = raiseAlarms(
    {
      connection: status,
      overdue,
      held: runs.held,
      failed: runs.failed,
      dead_letters: letters,
      subscribed: subscriptions.filter((one) => one.state === "active").map((one) => one.model),
      pull_lead_objects: clockwork?.pull_lead_objects ?? false,
      webhooks,
      last_webhook_at,
    },
    now,
  );
  return {
    status: alarms.length === 0 ? ("ok" as const) : (alarms[0]?.severity ?? ("warning" as const)),
    alarms,
    connection: { state: status.state, since: status.since, cause: status.cause, why: status.why },
    mycase: status.counts,
    runs: { open: runs.open, held: runs.held.length, overdue },
    dead_letters: letters,
    webhooks: {
      last_at: last_webhook_at,
      received_24h: sum(webhooks.map((one) => one.received)),
      missed_24h: sum(webhooks.map((one) => one.missed_found_by_poll + one.missed_found_by_nightly)),
      longest_wait_ms_24h: Math.max(0, ...webhooks.map((one) => one.longest_wait_ms)),
    },
    checked_at: now.toISOString(),
  };
}

export type OrgHealth = Awaited<ReturnType<typeof orgHealth>>;

function sum(numbers: number[]): number {
  return numbers.reduce((all, one) => all + one, 0);
}
