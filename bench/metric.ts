import { median } from "./median.ts";

export interface Measured {
  benchmark: string;
  what: string;
  unit: string;
  /** Each round's value, in order. */
  raw: number[];
  /** What it is held against, measured in the same run unless it says otherwise. */
  baseline?: { what: string; raw: number[] };
  /** What is hoped for, of the value itself or of its ratio to the baseline. */
  aim?: { of: "value" | "ratio"; atLeast?: number; atMost?: number };
  /** Further numbers that explain the value. */
  detail?: Record<string, unknown>;
}

export interface Figure extends Measured {
  value: number;
  baseline_value: number | null;
  /** Value / baseline. */
  ratio: number | null;
  /** Null: nothing was aimed at. */
  met: boolean | null;
}

/** Completes what was measured: medians, the ratio, and whether the aim was met. */
export function figure(measured: Measured): Figure {
  const value = median(measured.raw);
  const baselineValue = measured.baseline ? median(measured.baseline.raw) : null;
  const ratio = baselineValue === null || baselineValue === 0 ? null : rounded(value / baselineValue);
  return { ...measured, value, baseline_value: baselineValue, ratio, met: isMet(measured.aim, value, ratio) };
}

function isMet(aim: Measured["aim"], value: number, ratio: number | null): boolean | null {
  if (!aim) return null;
  const reached = aim.of === "value" ? value : ratio;
  if (reached === null) return false;
  return reached >= (aim.atLeast ?? Number.NEGATIVE_INFINITY) && reached <= (aim.atMost ?? Number.POSITIVE_INFINITY);
}

/** Three significant digits below a hundred, whole numbers above. */
export function rounded(value: number): number {
  return Math.abs(value) >= 100 ? Math.round(value) : Number(value.toPrecision(3));
}

/** The aim as people write it. */
export function describeAim({ aim }: Measured): string {
  if (!aim) return "";
  const bound = aim.atLeast === undefined ? `<= ${aim.atMost}` : `>= ${aim.atLeast}`;
  return aim.of === "ratio" ? `ratio ${bound}` : bound;
}
