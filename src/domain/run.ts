import type { RunKind, RunTrigger } from "./run-kinds.ts";

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
  trigger: RunTrigger;
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
