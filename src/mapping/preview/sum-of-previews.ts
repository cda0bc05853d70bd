import type { DiffReport } from "./report-diff.ts";

type Preview = Pick<DiffReport, "diff" | "samples">;
type Branches = Record<string, unknown>;

const MAX_SAMPLES = 10;

/** Two previews of different cases as one: numbers added, the first samples of both. */
export function sumOfPreviews(first: Preview, next: Preview): Preview {
  return sum(first, next) as Preview;
}

/** Two values of the same shape: numbers, lists, or objects of them. */
function sum(first: unknown, next: unknown): unknown {
  if (typeof first === "number") return first + Number(next);
  if (Array.isArray(first)) return [...first, ...(next as unknown[])].slice(0, MAX_SAMPLES);
  const branches = next as Branches;
  return Object.fromEntries(
    Object.entries(first as Branches).map(([name, value]) => [name, sum(value, branches[name])]),
  );
}
