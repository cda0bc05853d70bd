import { readCoverage } from "../../../db/reads/coverage.ts";
import { presentCoverage } from "../../../http/present/coverage.ts";
import { presentRun } from "../../../http/present/work.ts";
import type { Services } from "../../../services.ts";
import { caseTotal } from "../../../sync/case-total.ts";
import { type OrgHealth, orgHealth } from "../../../sync/health/org-health.ts";
import type { RunView } from "../runs/view.ts";

const MAX_RUNS_SHOWN = 6;

export interface Overview {
  health: OrgHealth;
  runs: RunView[];
  coverage: ReturnType<typeof presentCoverage>;
  hasMapping: boolean;
}

/** Everything that the overview shows. */
export async function overviewView(services: Services, org: string): Promise<Overview> {
  const { sync, db } = services;
  const [health, runs, stored, total, mapping] = await Promise.all([
    orgHealth(sync, org),
    sync.runs.list(org, { limit: MAX_RUNS_SHOWN, before: null }),
    readCoverage(db, org),
    caseTotal(sync, org),
    services.mappings.current(org),
  ]);
  return {
    health,
    runs: runs.map(presentRun),
    coverage: presentCoverage(stored, total, sync.now()),
    hasMapping: mapping !== null,
  };
}
