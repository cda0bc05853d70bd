import type { SyncContext } from "../context.ts";
import { raiseAlarms } from "./alarms.ts";
import { overdueRuns } from "./overdue.ts";
import { missedOf } from "./webhook-alarms.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

/** Everything an operator looks at for one org, from a few queries; MyCase is not asked. */
export async function orgHealth(context: SyncContext, org: string) {
  const now = context.now();
  const [status, schedule, runs, dead_letters, subscriptions, webhooks, last_webhook_at] = await Promise.all([
    context.connection(org).status(),
    context.orgs.runSchedule(org),
    context.runs.summary(org),
    context.deadLetters.summary(org),
    context.subscriptions.list(org),
    context.webhookStats.hours(org, new Date(now.getTime() - DAY_MS)),
    context.webhookStats.lastReceived(org),
  ]);
  const overdue = schedule ? overdueRuns(schedule, status.state === "connected", now) : [];
  const alarms = raiseAlarms(
    {
      connection: status,
      overdue,
      held: runs.held,
      failed: runs.failed,
      dead_letters,
      subscribed: subscriptions.filter(({ state }) => state === "active").map(({ model }) => model),
      pull_lead_objects: schedule?.pull_lead_objects ?? false,
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
    dead_letters,
    webhooks: {
      last_at: last_webhook_at,
      received_24h: webhooks.reduce((sum, hour) => sum + hour.received, 0),
      missed_24h: missedOf(webhooks),
      longest_wait_ms_24h: Math.max(0, ...webhooks.map((hour) => hour.longest_wait_ms)),
    },
    checked_at: now.toISOString(),
  };
}

export type OrgHealth = Awaited<ReturnType<typeof orgHealth>>;
