import { median } from "./median.ts";

export interface Measured {
  benchmark: string;
  what: string;
  unit: string;
  /** Each round's value, in order. */
  raw: number[];
  /** What the value is compared with, measured in the same run unless it says otherwise. */
  baseline?: { what: string; raw: number[] };
  /** The target for the value itself or for its ratio to the baseline. */
  target?: { of: "value" | "ratio"; atLeast?: number; atMost?: number };
  /** Further numbers that explain the value. */
  detail?: Record<string, unknown>;
}

export interface Metric extends Measured {
  value: number;
  baseline_value: number | null;
  /** Value / baseline. */
  ratio: number | null;
  /** Null: no target. */
  target_met: boolean | null;
}

/** Completes what was measured: medians, the ratio, and whether the target was met. */
export function metric(measured: Measured): Metric {
  const value = median(measured.raw);
  const baselineValue = measured.baseline ? median(measured.baseline.raw) : null;
  const ratio = baselineValue === null || baselineValue === 0 ? null : rounded(value / baselineValue);
  return {
    ...measured,
    value,
    baseline_value: baselineValue,
    ratio,
    target_met: meetsTarget(measured.target, value, ratio),
  };
}

function meetsTarget(target: Measured["target"], value: number, ratio: number | null): boolean | null {
  if (!target) return null;
  const reached = target.of === "value" ? value : ratio;
  if (reached === null) return false;
  return (
    reached >= (target.atLeast ?? Number.NEGATIVE_INFINITY) && reached <= (target.atMost ?? Number.POSITIVE_INFINITY)
  );
}

/** Three significant digits below a hundred, whole numbers above. */
export function rounded(value: number): number {
  return Math.abs(value) >= 100 ? Math.round(value) : Number(value.toPrecision(3));
}

/** The target as people write it. */
export function describeTarget({ target }: Measured): string {
  if (!target) return "";
  const bound = target.atLeast === undefined ? `<= ${target.atMost}` : `>= ${target.atLeast}`;
  return target.of === "ratio" ? `ratio ${bound}` : bound;
}
