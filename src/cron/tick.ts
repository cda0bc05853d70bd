import type { StartMessage } from "../domain/queue-message.ts";
import { log } from "../platform/log.ts";
import { resumePurges } from "../sync/connection/purge-org.ts";
import { reconcileConnections } from "../sync/connection/reconcile-connection.ts";
import type { SyncContext } from "../sync/context.ts";
import { reclaimStaleResyncs } from "../sync/resync/request-resync.ts";
import { isFirstNightlyDue, isNightlyDue } from "../sync/runs/nightly-due.ts";
import { reclaimStaleRuns } from "../sync/runs/resume.ts";

const ORGS_PER_SECOND = 10; // the runs of many orgs do not all meet the database in one second
const MAX_SPREAD_S = 4 * 60; // the next tick comes after five minutes

/** What each cron expression of wrangler.toml does. */
const TICKS: Record<string, (context: SyncContext) => Promise<number>> = {
  "*/5 * * * *": startDueRuns,
  "0 * * * *": hourly,
};

/** Cron only says what is due; the work is done from the queue. An expression that is not in the table is a mistake. */
export async function tick(context: SyncContext, cron: string): Promise<void> {
  const work = TICKS[cron];
  if (!work) throw new Error(`no work is planned for the cron expression ${cron}`);
  const started = Date.now();
  const figures = { runs: await work(context), ms: Date.now() - started };
  log("info", "cron.tick", { cron, ...figures });
  context.measure("cron.tick", null, [cron], Object.values(figures));
}

async function startDueRuns(context: SyncContext): Promise<number> {
  const lost = await reclaimStaleRuns(context);
  const orgs = await context.orgs.connected();
  const nightlies = orgs.filter((org) => isFirstNightlyDue(context.now(), org)).map(({ id }) => due(id, "nightly"));
  const polls = orgs.filter((org) => !org.backfillRunning).map(({ id }) => due(id, "poll"));
  const mappings = (await context.orgs.needsDerivation()).map((org) => due(org, "mapping"));
  await context.enqueue(mappings);
  await context.enqueue(nightlies, spread);
  await context.enqueue(polls, spread);
  await reconcileConnections(context);
  const resyncs = await reclaimStaleResyncs(context);
  const purges = await resumePurges(context);
  return lost + nightlies.length + polls.length + mappings.length + resyncs + purges;
}

async function hourly(context: SyncContext): Promise<number> {
  const orgs = await context.orgs.connected();
  const nightlies = orgs.filter((org) => isNightlyDue(context.now(), org.timezone, org.last_full_at));
  await context.enqueue(
    nightlies.map(({ id }) => due(id, "nightly")),
    spread,
  );
  log("info", "cron.pruned", { rows: await context.retention.prune(context.now()) });
  return nightlies.length;
}

/** The seconds that the message of an org waits, by its place among all. */
function spread(index: number): number {
  return Math.min(Math.floor(index / ORGS_PER_SECOND), MAX_SPREAD_S);
}

function due(org: string, run: StartMessage["run"]): StartMessage {
  return { kind: "start", org, run };
}
