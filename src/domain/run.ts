export const RUN_KINDS = ["backfill", "poll", "nightly", "team", "mapping"] as const;

export type RunKind = (typeof RUN_KINDS)[number];

export type RunState = "queued" | "running" | "held" | "succeeded" | "failed" | "cancelled";

/** What steps of a run add, and where it goes on; `cursor` null ends the run, `total` null says that it is not known. */
export interface RunProgress {
  cursor: unknown;
  done: number;
  total: number | null;
  counts: Record<string, number>;
  mycase_requests: number;
  rows_written: number;
  errors: { code: string; detail: string; at: string }[];
}

/** One sync of many records, as it stands. `cursor` is the run's own; `total` is null until it is known. */
export interface Run extends RunProgress {
  id: string;
  org: string;
  kind: RunKind;
  trigger: string;
  state: RunState;
  step: number;
  /** What it would do, once it has been held: `{diff, samples}`. */
  held: unknown;
  created_at: string;
  started_at: string | null;
  heartbeat_at: string;
  finished_at: string | null;
}

/** What one step adds and then another, as if they were one. */
export function mergeProgress(one: RunProgress, next: RunProgress): RunProgress {
  return {
    cursor: next.cursor,
    done: one.done + next.done,
    total: next.total ?? one.total,
    counts: sumOfCounts(one.counts, next.counts),
    mycase_requests: one.mycase_requests + next.mycase_requests,
    rows_written: one.rows_written + next.rows_written,
    errors: [...one.errors, ...next.errors],
  };
}

export function sumOfCounts(before: Record<string, number>, more: Record<string, number>): Record<string, number> {
  const sum = { ...before };
  for (const [name, count] of Object.entries(more)) sum[name] = (sum[name] ?? 0) + count;
  return sum;
}

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
