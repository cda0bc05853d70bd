import { sql } from "drizzle-orm";
import { idsOf, type Read } from "../../domain/read.ts";
import type { RecordModel } from "../../domain/resources.ts";
import type { Database } from "../database.ts";

export interface RecordKey {
  model: RecordModel;
  id: number;
}

export interface RecordFailureStore {
  /** Counts one more failed read for each record; answers with how many each has in a row now, in their order. */
  add(org: string, records: RecordKey[], now: Date): Promise<number[]>;
}

export function createRecordFailureStore({ orm }: Database): RecordFailureStore {
  return {
    async add(org, records, now) {
      const keys = JSON.stringify(records.map(({ model, id }) => [model, id]));
      const counted = await orm.all<RecordKey & { attempts: number }>(sql`
        INSERT INTO record_failures (org_id, model, id, attempts, first_at, last_at)
        SELECT ${org}, r.value ->> 0, r.value ->> 1, 1, ${now.toISOString()}, ${now.toISOString()}
        FROM json_each(${keys}) r WHERE true
        ON CONFLICT (org_id, model, id) DO UPDATE SET attempts = attempts + 1, last_at = excluded.last_at
        RETURNING model, id, attempts`);
      const attempts = new Map(counted.map((row) => [`${row.model} ${row.id}`, row.attempts]));
      return records.map(({ model, id }) => attempts.get(`${model} ${id}`) ?? 1);
    },
  };
}

/** Forgets the failures of everything that the read has an answer for. `+id`: nothing is looked up while none has failed. */
export function clearFailuresStatement(d1: D1Database, org: string, read: Read): D1PreparedStatement {
  const unreadable = new Set(read.absent.filter(({ state }) => state === "unreadable").map(({ id }) => id));
  const ids = JSON.stringify(idsOf(read).filter((id) => !unreadable.has(id)));
  return d1
    .prepare(
      "DELETE FROM record_failures WHERE org_id = ?1 AND model = ?2 AND +id IN (SELECT value FROM json_each(?3))",
    )
    .bind(org, read.model, ids);
}
