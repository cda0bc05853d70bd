import { drizzle } from "drizzle-orm/d1";
import { type ResilientD1, resilientD1 } from "./resilient-d1.ts";
import * as schema from "./schema/index.ts";

type Drizzle = ReturnType<typeof createDrizzle>;

function createDrizzle(d1: D1Database) {
  return drizzle(d1, { schema });
}

/** The one way to D1: `batch` for idempotent transactions, Drizzle for plain reads and writes, `d1` for other statements. */
export interface Database extends ResilientD1 {
  orm: Drizzle;
}

export function openDatabase(binding: D1Database): Database {
  const resilient = resilientD1(binding);
  return { ...resilient, orm: createDrizzle(resilient.d1) };
}

/** How many rows the statements wrote, as SQLite counts them: rows of tables, not of their indexes. */
export function rowsChanged(results: D1Result<unknown>[]): number {
  return results.reduce((sum, result) => sum + (result.meta.changes ?? 0), 0);
}
