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

const CHANGES = {
  projects: {
    created: "New projects",
    retyped: "Projects of another type than before",
    rephased: "Projects in another phase than before",
    disabled: "Projects that clients no longer see: disabled",
    enabled: "Projects enabled again",
    unmapped: "Projects that clients no longer see: type not mapped",
    became_lead: "Projects that become leads",
    deleted: "Projects deleted in MyCase",
  },
  leads: { created: "New leads", removed: "Leads that end" },
  contacts: { linked: "Contacts added to projects", unlinked: "Contacts taken off projects" },
  team: { shown: "Team members shown to clients", hidden: "Team members no longer shown" },
} as const;

/** What a held run or a new mapping would change, in words; what stays as it is is left out. */
export function waitingChanges({ diff, samples }: Pick<RunView, "diff" | "samples">): WaitingChange[] {
  if (diff === null) return [];
  const groups = (["projects", "leads", "contacts", "team"] as const).flatMap((group) => {
    const names: Record<string, string> = CHANGES[group];
    const examples: Record<string, { name: string | null }[]> = samples?.[group] ?? {};
    return Object.entries(diff[group]).map(([change, count]) => ({
      name: names[change] ?? `${group}: ${change}`,
      count,
      samples: examples[change] ?? [],
    }));
  });
  const reachable = { name: "Contacts that become reachable for the first time", count: diff.newly_reachable };
  return [...groups, { ...reachable, samples: samples?.newly_reachable ?? [] }].filter(({ count }) => count > 0);
}
