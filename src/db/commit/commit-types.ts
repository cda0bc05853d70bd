import type { HeldCase } from "../../domain/held-case.ts";
import type { Trigger } from "../../domain/queue-message.ts";
import type { ProjectMetadata } from "../../domain/rows.ts";
import type { Plan } from "../../mapping/plan/plan-types.ts";
import type { ConfigVersion } from "../stores/config-store.ts";

/** What the plan was made from: nothing of it may have changed since `clock`, the org's revision. */
export interface ReadSet extends ConfigVersion {
  clock: number;
  cases: number[];
  clients: number[];
  staff: number[];
  leads: number[];
}

export interface Commit {
  plan: Plan;
  readSet: ReadSet;
  /** Of every case in scope. */
  metadata: ReadonlyMap<number, ProjectMetadata>;
  /** Projects of which only the metadata changes. */
  touched: number[];
  /** What cases came to, where that changed. */
  outcomes: { case_id: number; bucket: string; code: string }[];
  /** Cases that are left as they are until the run `job` is decided on, and others that no longer are. */
  holds: HeldCase[];
  released: number[];
  trigger: Trigger;
  job: string | null;
  at: string;
}
