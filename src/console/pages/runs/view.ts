import { presentRun } from "../../../http/present/work.ts";
import type { Services } from "../../../services.ts";

const MAX_RUNS_SHOWN = 50;

export type RunView = ReturnType<typeof presentRun>;

export interface WaitingChange {
  name: string;
  count: number;
  samples: { name: string | null }[];
}

/** The newest runs as the API shows them. */
export async function runsView(services: Services, org: string): Promise<RunView[]> {
  const runs = await services.sync.runs.list(org, { limit: MAX_RUNS_SHOWN, before: null });
  return runs.map(presentRun);
}

/** What a held run would change, in words; what stays as it is is left out. */
export function waitingChanges({ diff, samples }: Pick<RunView, "diff" | "samples">): WaitingChange[] {
  if (diff === null) return [];
  const groups = (["projects", "leads", "contacts", "team"] as const).flatMap((group) => {
    const examples: Record<string, { name: string | null }[]> = samples?.[group] ?? {};
    return Object.entries(diff[group]).map(([change, count]) => ({
      name: `${group}: ${change.replaceAll("_", " ")}`,
      count,
      samples: examples[change] ?? [],
    }));
  });
  const reachable = { name: "contacts: newly reachable", count: diff.newly_reachable };
  return [...groups, { ...reachable, samples: samples?.newly_reachable ?? [] }].filter(({ count }) => count > 0);
}
