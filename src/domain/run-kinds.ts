import type { Lane } from "./lane.ts";

/** What a kind of run is like. */
interface RunKindTraits {
  /** Short runs go with the live work; what lists or derives everything must not hold up what people wait for. */
  lane: Lane;
  /** Needs MyCase; a run that only derives does not. */
  asksMyCase: boolean;
  /** Derives everything that has been pulled, so that it settles what the configuration asks for. */
  derivesAll: boolean;
  /** Counts its records first; for a short run that would cost as much as the run. */
  countsTotal: boolean;
  /** Counts the changes that no webhook announced. */
  countsMissedWebhooks: boolean;
}

const long = { lane: "bulk", derivesAll: true, countsTotal: true, asksMyCase: true } as const;
const short = { lane: "live", derivesAll: false, countsTotal: false, asksMyCase: true } as const;

/** The kinds of run, and what each means. */
export const RUN_KINDS = {
  backfill: { ...long, countsMissedWebhooks: false },
  nightly: { ...long, countsMissedWebhooks: true },
  mapping: { ...long, asksMyCase: false, countsMissedWebhooks: false },
  poll: { ...short, countsMissedWebhooks: true },
  team: { ...short, countsMissedWebhooks: false },
} as const satisfies Record<string, RunKindTraits>;

export type RunKind = keyof typeof RUN_KINDS;

export const RUN_KIND_NAMES = Object.keys(RUN_KINDS) as RunKind[];

/** Who or what started a run; a run that follows from another names its kind. */
export type RunTrigger =
  | "api"
  | "console"
  | "cron"
  | "connect"
  | "mapping_change"
  | "org_settings"
  | Exclude<RunKind, "mapping">;

/** Names that earlier versions stored, and what they are called now. */
const FORMER_TRIGGERS: Record<string, RunTrigger> = {
  mapping: "mapping_change",
  lead_objects: "org_settings",
  org: "org_settings",
};

export function storedTrigger(trigger: string): RunTrigger {
  return FORMER_TRIGGERS[trigger] ?? (trigger as RunTrigger);
}
