import type { SyncContext } from "../context.ts";
import { overdueRuns } from "../health/overdue.ts";

/** Connection health (T8): state and tokens, the last webhook, poll and nightly, and the subscriptions. */
export async function connectionReport(context: SyncContext, org: string) {
  const [{ origin: _, ...status }, record, subscriptions, lastReceived, last, schedule] = await Promise.all([
    context.connection(org).status(),
    context.orgs.connection(org),
    context.subscriptions.list(org),
    context.webhookStats.lastReceived([org]),
    context.runs.lastOfKinds(org),
    context.orgs.runSchedule(org),
  ]);
  return {
    ...status,
    firm: record?.firm ?? null,
    subscriptions: subscriptions.map(({ model, mycase_id, state, scheme, created_at }) => ({
      model,
      id: mycase_id,
      state,
      signature: scheme,
      created_at,
    })),
    last_webhook_at: lastReceived.get(org) ?? null,
    last_poll: last.poll ?? null,
    last_nightly: last.nightly ?? null,
    last_backfill: last.backfill ?? null,
    overdue_runs: schedule ? overdueRuns(schedule, status.state === "connected", context.now()) : [],
    cases_visible: await context.scans.countPresentCases(org),
  };
}
