export type ResyncState = "queued" | "running" | "succeeded" | "failed";

/** What came of a manual resync: `changed`, `unchanged`, or the code of the gate that stopped the case. */
export interface ResyncResult {
  outcome: string;
  changes: { entity: string; id: string; field: string; old: unknown; new: unknown }[];
  read_at?: string;
  message?: string;
}

/** A manual resync. `result` once it has ended; `error` when that was badly. */
export interface Resync {
  id: string;
  org: string;
  case_id: number;
  state: ResyncState;
  result: ResyncResult | null;
  error: { code: string; detail: string } | null;
  created_at: string;
  finished_at: string | null;
}
