import type { RunSchedule } from "../../db/stores/org-sync-store.ts";
import type { ConnectionStatus } from "../../mycase/connection/types.ts";
import { inParallel } from "../../platform/concurrency.ts";
import type { SyncContext } from "../context.ts";
import { type HealthInputs, raiseAlarms } from "./alarms.ts";
import { overdueRuns } from "./overdue.ts";
import { missedOf } from "./webhook-alarms.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

const MAX_CONCURRENT_CALLS = 50; // of the orgs' own objects

/** Everything an operator looks at for one org; MyCase is not asked. */
export async function orgHealth(context: SyncContext, org: string): Promise<OrgHealth> {
  const [health] = await healthOf(context, [org]);
  if (!health) throw new Error("no health of the org");
  return health;
}

/**
 * The same for many orgs, in their order. Statements are set-based, as many for a thousand orgs as for one; only the
 * connections are asked one by one, for they have no table.
 */
export async function healthOf(context: SyncContext, orgs: string[]): Promise<OrgHealth[]> {
  const now = context.now();
  const [statuses, schedules, runs, deadLetters, subscribed, webhooks, lastWebhook, troubles, databaseBytes] =
    await Promise.all([
      inParallel(orgs, MAX_CONCURRENT_CALLS, (org) => context.connection(org).status()),
      context.orgs.runSchedules(orgs),
      context.runs.summaries(orgs),
      context.deadLetters.summaries(orgs),
      context.subscriptions.activeModels(orgs),
      context.webhookStats.hours(orgs, new Date(now.getTime() - DAY_MS)),
      context.webhookStats.lastReceived(orgs),
      context.listingTroubles.list(orgs),
      context.databaseSize(),
    ]);
  return orgs.map((org, index) =>
    assess(
      {
        status: statuses[index] as ConnectionStatus,
        schedule: schedules.get(org) ?? null,
        runs: runs.get(org) ?? NO_RUNS,
        dead_letters: deadLetters.get(org) ?? { open: 0, oldest_at: null },
        subscribed: subscribed.get(org) ?? [],
        webhooks: webhooks.get(org) ?? [],
        last_webhook_at: lastWebhook.get(org) ?? null,
        listing_troubles: troubles.get(org) ?? [],
        database_bytes: databaseBytes,
      },
      now,
    ),
  );
}

type Reported = "dead_letters" | "subscribed" | "webhooks" | "last_webhook_at" | "listing_troubles" | "database_bytes";

interface OrgFigures extends Pick<HealthInputs, Reported> {
  status: ConnectionStatus;
  schedule: RunSchedule | null;
  runs: Pick<HealthInputs, "held" | "failed"> & { open: number };
}

const NO_RUNS = { held: [], failed: [], open: 0 };

function assess({ status, schedule, runs, ...figures }: OrgFigures, now: Date) {
  const { dead_letters, webhooks, last_webhook_at } = figures;
  const overdue = schedule ? overdueRuns(schedule, status.state === "connected", now) : [];
  const alarms = raiseAlarms(
    {
      connection: status,
      overdue,
      held: runs.held,
      failed: runs.failed,
      pull_lead_objects: schedule?.pull_lead_objects ?? false,
      ...figures,
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

export type OrgHealth = ReturnType<typeof assess>;
