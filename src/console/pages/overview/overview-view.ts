import { readCoverage } from "../../../db/reads/coverage.ts";
import { presentCoverage } from "../../../http/present-coverage.ts";
import type { Services } from "../../../services.ts";
import { caseTotal } from "../../../sync/case-total.ts";
import { connectionReport } from "../../../sync/connection/connection-report.ts";
import { orgHealth } from "../../../sync/health/org-health.ts";
import type { Overview } from "./overview-page.tsx";

/** Everything that the overview shows. */
export async function overviewView(
  services: Services,
  org: { id: string; name: string; timezone: string },
  authorizeUrl: string | null,
): Promise<Overview> {
  const { sync, db } = services;
  const [connection, stored, total, health] = await Promise.all([
    connectionReport(sync, org.id),
    readCoverage(db, org.id),
    caseTotal(sync, org.id),
    orgHealth(sync, org.id),
  ]);
  const coverage = presentCoverage(stored, total, sync.now());
  const runs = [
    ["backfill", connection.last_backfill],
    ["poll", connection.last_poll],
    ["nightly", connection.last_nightly],
  ] as const;
  return {
    org,
    connection,
    lastRuns: runs.flatMap(([kind, run]) => (run ? [{ kind, state: run.state, at: run.created_at }] : [])),
    coverage: Object.entries({ ...coverage.buckets, ...coverage.gone }).map(([name, count]) => ({ name, count })),
    mycaseTotal: coverage.asked_mycase ? coverage.mycase_total : null,
    deadLetters: health.dead_letters.open,
    alarms: health.alarms,
    webhooks: { received: health.webhooks.received_24h, missed: health.webhooks.missed_24h },
    authorizeUrl,
  };
}
