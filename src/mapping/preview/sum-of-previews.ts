import type { DiffReport } from "./report-diff.ts";

type Preview = Pick<DiffReport, "diff" | "samples">;
type Tree = number | readonly unknown[] | { [name: string]: Tree };

const MAX_SAMPLES = 10;

/** Two previews of different cases as one: numbers added, the first samples of both. */
export function sumOfPreviews(first: Preview, next: Preview): Preview {
  return sum(first as unknown as Tree, next as unknown as Tree) as unknown as Preview;
}

function sum(first: Tree, next: Tree): Tree {
  if (typeof first === "number") return first + Number(next);
  if (Array.isArray(first)) return [...first, ...(next as unknown[])].slice(0, MAX_SAMPLES);
  const branches = next as Record<string, Tree>;
  return Object.fromEntries(
    Object.entries(first).map(([name, value]) => [name, sum(value as Tree, branches[name] as Tree)]),
  );
}
