import { and, asc, eq, gt } from "drizzle-orm";
import type { Database } from "../database.ts";
import { apiKeys } from "../schema/index.ts";

export type ApiKeyScope = "read" | "sync" | "admin";

/** An org's key without its text, which is known only to whoever was shown it once. */
export interface ApiKey {
  id: string;
  org: string;
  name: string;
  scopes: ApiKeyScope[];
  created_at: string;
  last_used_at: string | null;
}

export interface ApiKeyStore {
  add(key: Omit<ApiKey, "last_used_at">, hash: string): Promise<void>;
  findByHash(hash: string): Promise<ApiKey | null>;
  /** Null once it has been revoked. */
  find(id: string): Promise<ApiKey | null>;
  list(org: string, page: { limit: number; after: string | null }): Promise<ApiKey[]>;
  /** False when there was none. */
  remove(org: string, id: string): Promise<boolean>;
  used(id: string, now: Date): Promise<void>;
}

export function createApiKeyStore({ orm }: Database): ApiKeyStore {
  return {
    async add({ org, ...key }, hash) {
      await orm.insert(apiKeys).values({ ...key, org_id: org, hash });
    },
    async findByHash(hash) {
      const [row] = await orm.select().from(apiKeys).where(eq(apiKeys.hash, hash));
      return row ? asKey(row) : null;
    },
    async find(id) {
      const [row] = await orm.select().from(apiKeys).where(eq(apiKeys.id, id));
      return row ? asKey(row) : null;
    },
    async list(org, { limit, after }) {
      const rows = await orm
        .select()
        .from(apiKeys)
        .where(and(eq(apiKeys.org_id, org), after === null ? undefined : gt(apiKeys.id, after)))
        .orderBy(asc(apiKeys.id))
        .limit(limit);
      return rows.map(asKey);
    },
    async remove(org, id) {
      const removed = await orm
        .delete(apiKeys)
        .where(and(eq(apiKeys.org_id, org), eq(apiKeys.id, id)))
        .returning({ id: apiKeys.id });
      return removed.length > 0;
    },
    async used(id, now) {
      await orm.update(apiKeys).set({ last_used_at: now.toISOString() }).where(eq(apiKeys.id, id));
    },
  };
}

function asKey({ org_id, hash: _, scopes, ...row }: typeof apiKeys.$inferSelect): ApiKey {
  return { ...row, org: org_id, scopes: scopes as ApiKeyScope[] };
}
