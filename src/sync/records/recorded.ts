import type { z } from "zod";

/**
 * The mirrored record of a loaded row as its wire schema reads it; null when there is none. It was readable when it was
 * kept, so it is readable now. It is read from its text once at most: what has just come from MyCase, never.
 */
export function recorded<S extends z.ZodType>(wire: S, row: Record<string, unknown>): z.output<S> | null {
  if (row.parsed === undefined && typeof row.record === "string") row.parsed = wire.parse(JSON.parse(row.record));
  return (row.parsed as z.output<S> | undefined) ?? null;
}
