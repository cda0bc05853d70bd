import type { Count, DiffSample, DiffTally } from "./diff-tally.ts";

type Numbers<Names extends string> = Record<Names, number>;
type Samples<Names extends string> = Record<Names, DiffSample[]>;
type ProjectChange = keyof DiffTally["projects"];

/** The diff of a mapping or a held run in its public form; `harm` is what the blast guard evaluates. */
export interface DiffReport {
  diff: {
    projects: Numbers<ProjectChange>;
    leads: Numbers<"created" | "removed">;
    contacts: Numbers<"linked" | "unlinked">;
    team: Numbers<"shown" | "hidden">;
    newly_reachable: number;
  };
  samples: {
    projects: Samples<ProjectChange>;
    leads: Samples<"created" | "removed">;
    contacts: Samples<"linked" | "unlinked">;
    team: Samples<"shown" | "hidden">;
    newly_reachable: DiffSample[];
  };
  impact: Numbers<keyof DiffTally["impact"]>;
}

/** Turns a tally into plain numbers and samples. */
export function reportDiff({ projects, leads, contacts, team, newly_reachable, impact: harm }: DiffTally): DiffReport {
  return {
    diff: {
      projects: mapCounts(projects, sizeOf),
      leads: mapCounts(leads, sizeOf),
      contacts: mapCounts(contacts, sizeOf),
      team: mapCounts(team, sizeOf),
      newly_reachable: sizeOf(newly_reachable),
    },
    samples: {
      projects: mapCounts(projects, samplesOf),
      leads: mapCounts(leads, samplesOf),
      contacts: mapCounts(contacts, samplesOf),
      team: mapCounts(team, samplesOf),
      newly_reachable: samplesOf(newly_reachable),
    },
    impact: mapCounts(harm, sizeOf),
  };
}

function sizeOf(count: Count): number {
  return count.ids.size;
}

function samplesOf(count: Count): DiffSample[] {
  return count.samples;
}

function mapCounts<Names extends string, T>(counts: Record<Names, Count>, read: (count: Count) => T): Record<Names, T> {
  const entries = Object.entries<Count>(counts).map(([name, count]) => [name, read(count)]);
  return Object.fromEntries(entries) as Record<Names, T>;
}
