import { log } from "../platform/log.ts";
import type { SyncContext } from "../sync/context.ts";
import { resumeLostRuns, startRun } from "../sync/runs/start-run.ts";
import { isNightlyDue } from "./nightly-due.ts";

/** What each cron expression of wrangler.toml does. */
const TICKS: Record<string, (context: SyncContext) => Promise<number>> = {
  "*/5 * * * *": pollAll,
  "0 * * * *": hourly,
};

/** Cron only starts runs; the work is done from the queue. An expression that is not in the table is a mistake. */
export async function tick(context: SyncContext, cron: string): Promise<void> {
  const work = TICKS[cron];
  if (!work) throw new Error(`no work is planned for the cron expression ${cron}`);
  const started = Date.now();
  const figures = { runs: await work(context), ms: Date.now() - started };
  log("info", "cron.tick", { cron, ...figures });
  context.measure("cron.tick", null, [cron], Object.values(figures));
}

async function pollAll(context: SyncContext): Promise<number> {
  let runs = await resumeLostRuns(context);
  for (const org of await context.orgs.connected()) {
    if (org.importing) continue;
    const started = await startRun(context, org.id, "poll", "cron");
    if (started.ok) runs += 1;
    else log("warn", "cron.poll", { org: org.id, failure: started.failure.kind });
  }
  for (const org of await context.orgs.underived()) {
    const started = await startRun(context, org, "mapping", "cron");
    if (started.ok) runs += 1;
  }
  return runs;
}

async function hourly(context: SyncContext): Promise<number> {
  const runs = await startNightlies(context);
  log("info", "cron.pruned", { rows: await context.retention.prune(context.now()) });
  return runs;
}

async function startNightlies(context: SyncContext): Promise<number> {
  let runs = 0;
  for (const org of await context.orgs.connected()) {
    if (!isNightlyDue(context.now(), org.timezone, org.last_full_at)) continue;
    const started = await startRun(context, org.id, "nightly", "cron");
    if (started.ok) runs += 1;
    else log("warn", "cron.nightly", { org: org.id, failure: started.failure.kind });
  }
  return runs;
}
