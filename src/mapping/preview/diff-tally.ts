import type { Impact } from "../../domain/held-case.ts";

/** Something that would change, for a person to look at. */
export interface DiffSample {
  case_id?: number;
  client_id?: number;
  staff_id?: number;
  lead_id?: number;
  name: string | null;
}

// Ten are enough to recognise a mistake, and keep the answer small.
const maxSamples = 10;

/** Things counted once each, however often they are met, with the first few as samples. */
export interface Count {
  ids: Set<number | string>;
  samples: DiffSample[];
}

type Counts<Names extends string> = Record<Names, Count>;

/** A diff being added up; one for a whole firm, however many steps it takes. */
export interface DiffTally {
  projects: Counts<"created" | "retyped" | "rephased" | "disabled" | "enabled" | "unmapped" | "became_lead">;
  leads: Counts<"created" | "removed">;
  contacts: Counts<"linked" | "unlinked">;
  team: Counts<"shown" | "hidden">;
  newly_reachable: Count;
  /** Only projects that were live before. */
  impact: Counts<Impact> & { projects: Count };
}

function nothing(): Count {
  return { ids: new Set(), samples: [] };
}

/** A diff of nothing. */
export function emptyDiff(): DiffTally {
  return {
    projects: {
      created: nothing(),
      retyped: nothing(),
      rephased: nothing(),
      disabled: nothing(),
      enabled: nothing(),
      unmapped: nothing(),
      became_lead: nothing(),
    },
    leads: { created: nothing(), removed: nothing() },
    contacts: { linked: nothing(), unlinked: nothing() },
    team: { shown: nothing(), hidden: nothing() },
    newly_reachable: nothing(),
    impact: {
      deleted: nothing(),
      disabled: nothing(),
      unlinked: nothing(),
      retyped: nothing(),
      unmapped: nothing(),
      became_lead: nothing(),
      projects: nothing(),
    },
  };
}

/** Counts a thing unless it was counted before. */
export function count(into: Count, id: number | string, sample: DiffSample): void {
  if (into.ids.has(id)) return;
  into.ids.add(id);
  if (into.samples.length < maxSamples) into.samples.push(sample);
}
