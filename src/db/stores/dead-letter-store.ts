import { and, asc, count, eq, gt, isNull, min, not, sql } from "drizzle-orm";
import type { RecordMessage } from "../../domain/queue-message.ts";
import type { Model } from "../../domain/resources.ts";
import type { Database } from "../database.ts";
import { inOrgs } from "../in-orgs.ts";
import { MIRROR_TABLES } from "../mirror/mirror-tables.ts";
import { deadLetters } from "../schema/index.ts";

/** Work that was given up, why, and the job as it was queued. Times ISO 8601 UTC. */
export interface DeadLetter {
  id: string;
  message: unknown;
  model: string | null;
  record_id: number | null;
  code: string;
  detail: string;
  attempts: number;
  created_at: string;
  closed_at: string | null;
  closed_by: string | null;
}

export interface DeadLetterStore {
  /** Keeps it once, however often the same id is given. */
  add(org: string, letter: Omit<DeadLetter, "closed_at" | "closed_by">): Promise<void>;
  /** Keeps a letter for each record that has no open one. */
  addRecords(org: string, records: RecordMessage[], why: { code: string; detail: string }, now: Date): Promise<void>;
  /** Open ones by ascending id. */
  list(org: string, page: { limit: number; after: string | null; code?: string }): Promise<DeadLetter[]>;
  /** Of each org that has any: how many are open, and since when the oldest is. */
  summaries(orgs: string[]): Promise<Map<string, { open: number; oldest_at: string | null }>>;
  get(org: string, id: string): Promise<DeadLetter | null>;
  resolve(org: string, id: string, by: string, now: Date): Promise<void>;
  /** Records that were synced after all close their letters, unless a later read of them was unusable again. */
  resolveFor(org: string, model: Model, ids: number[], by: string, now: Date): Promise<void>;
}

export function createDeadLetterStore({ orm }: Database): DeadLetterStore {
  const open = (org: string) => and(eq(deadLetters.org_id, org), isNull(deadLetters.closed_at));
  return {
    async add(org, { message, ...letter }) {
      await orm
        .insert(deadLetters)
        .values({ ...letter, org_id: org, message: JSON.stringify(message) })
        .onConflictDoNothing();
    },
    async addRecords(org, records, { code, detail }, now) {
      const rows = records.map((job) => [`${org}.${job.model}.${job.id}`, JSON.stringify(job), job.model, job.id]);
      await orm.run(sql`INSERT INTO dead_letters (id, org_id, message, model, record_id, code, detail, attempts, created_at)
        SELECT r.value ->> 0, ${org}, r.value ->> 1, r.value ->> 2, r.value ->> 3, ${code}, ${detail}, 1, ${now.toISOString()}
        FROM json_each(${JSON.stringify(rows)}) r WHERE NOT EXISTS (SELECT 1 FROM dead_letters d
          WHERE d.org_id = ${org} AND d.closed_at IS NULL AND d.model = r.value ->> 2 AND d.record_id = r.value ->> 3)
        ON CONFLICT (id) DO UPDATE SET message = excluded.message, code = excluded.code, detail = excluded.detail,
          created_at = excluded.created_at, closed_at = NULL, closed_by = NULL`);
    },
    async list(org, { limit, after, code }) {
      const rows = await orm
        .select()
        .from(deadLetters)
        .where(
          and(open(org), after ? gt(deadLetters.id, after) : undefined, code ? eq(deadLetters.code, code) : undefined),
        )
        .orderBy(asc(deadLetters.id))
        .limit(limit);
      return rows.map(asLetter);
    },
    async summaries(orgs) {
      const rows = await orm
        .select({ org: deadLetters.org_id, open: count(), oldest_at: min(deadLetters.created_at) })
        .from(deadLetters)
        .where(and(inOrgs(deadLetters.org_id, orgs), isNull(deadLetters.closed_at)))
        .groupBy(deadLetters.org_id);
      return new Map(rows.map(({ org, ...summary }) => [org, summary]));
    },
    async get(org, id) {
      const [row] = await orm
        .select()
        .from(deadLetters)
        .where(and(eq(deadLetters.org_id, org), eq(deadLetters.id, id)));
      return row ? asLetter(row) : null;
    },
    async resolve(org, id, by, now) {
      await orm
        .update(deadLetters)
        .set({ closed_at: now.toISOString(), closed_by: by })
        .where(and(open(org), eq(deadLetters.id, id)));
    },
    async resolveFor(org, model, ids, by, now) {
      const unusable = sql`EXISTS (SELECT 1 FROM ${sql.raw(MIRROR_TABLES[model])} m
        WHERE m.org_id = ${org} AND m.id = ${deadLetters.record_id} AND m.state IN ('malformed', 'unreadable'))`;
      await orm
        .update(deadLetters)
        .set({ closed_at: now.toISOString(), closed_by: by })
        .where(
          and(
            open(org),
            eq(deadLetters.model, model),
            sql`${deadLetters.record_id} IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`,
            not(unusable),
          ),
        );
    },
  };
}

function asLetter({ org_id: _, ...row }: typeof deadLetters.$inferSelect): DeadLetter {
  return { ...row, message: JSON.parse(row.message) };
}
