import { drizzle } from "drizzle-orm/d1";
import * as schema from "./schema/index.ts";

/** The database refused or could not be reached; the work is to be done again later. `cause` says more. */
export class StorageUnavailable extends Error {
  override name = "StorageUnavailable";
}

/** Errors that Cloudflare tells to repeat; nothing was written, or what was is idempotent by ticket and clock. */
const TRANSIENT = /Network connection lost|caused object to be reset|reset because its code was updated|overloaded/i;
const REPEATS = 3;

export type Drizzle = ReturnType<typeof createDrizzle>;

function createDrizzle(d1: D1Database) {
  return drizzle(d1, { schema });
}

/** The one way to D1: batches that are one transaction each, and Drizzle for plain reads and writes. */
export interface Database {
  d1: D1Database;
  orm: Drizzle;
  /** Runs the statements in order, all or none; a transient error is repeated. */
  batch(statements: D1PreparedStatement[]): Promise<D1Result<Record<string, unknown>>[]>;
}

export function openDatabase(d1: D1Database): Database {
  return {
    d1,
    orm: createDrizzle(d1),
    async batch(statements) {
      for (let attempt = 1; ; attempt++) {
        try {
          return await d1.batch<Record<string, unknown>>(statements);
        } catch (error) {
          const message = error instanceof Error ? error.message : String(error);
          if (attempt >= REPEATS || !TRANSIENT.test(message)) throw new StorageUnavailable(message, { cause: error });
          await scheduler.wait(50 * attempt);
        }
      }
    },
  };
}

/** How many rows the statements wrote, as SQLite counts them: rows of tables, not of their indexes. */
export function rowsChanged(results: D1Result<unknown>[]): number {
  return results.reduce((sum, result) => sum + (result.meta.changes ?? 0), 0);
}
