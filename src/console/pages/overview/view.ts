import { readCoverage } from "../../../db/reads/coverage.ts";
import type { RunKind, RunState } from "../../../domain/run.ts";
import { orNotFound } from "../../../http/not-found.ts";
import { presentCoverage } from "../../../http/present-coverage.ts";
import type { Services } from "../../../services.ts";
import { caseTotal } from "../../../sync/case-total.ts";
import { type OrgHealth, orgHealth } from "../../../sync/health/org-health.ts";

export interface Overview {
  org: { id: string; name: string };
  health: OrgHealth;
  lastRuns: { kind: RunKind; state: RunState; at: string }[];
  coverage: { name: string; count: number }[];
  /** Null when MyCase could not be asked. */
  mycaseTotal: number | null;
}

/** Everything that the overview shows. */
export async function overviewView(services: Services, orgId: string): Promise<Overview> {
  const { sync, db } = services;
  const [org, health, last, stored, total] = await Promise.all([
    services.orgs.get(orgId),
    orgHealth(sync, orgId),
    sync.runs.lastOfKinds(orgId),
    readCoverage(db, orgId),
    caseTotal(sync, orgId),
  ]);
  const coverage = presentCoverage(stored, total, sync.now());
  const kinds = ["backfill", "poll", "nightly"] as const;
  return {
    org: orNotFound(org, "Org"),
    health,
    lastRuns: kinds.flatMap((kind) => {
      const run = last[kind];
      return run ? [{ kind, state: run.state, at: run.created_at }] : [];
    }),
    coverage: Object.entries({ ...coverage.buckets, ...coverage.gone }).map(([name, count]) => ({ name, count })),
    mycaseTotal: coverage.asked_mycase ? coverage.mycase_total : null,
  };
}
