import { and, eq, sql } from "drizzle-orm";
import type { SignatureScheme } from "../../domain/signature-scheme.ts";
import type { Database } from "../database.ts";
import { subscriptions } from "../schema/index.ts";

export interface StoredSubscription {
  key_hash: string;
  org: string;
  model: string;
  mycase_id: string;
  /** Sealed with the vault under `hmac:<key_hash>`; null when MyCase gave none. */
  hmac_key: string | null;
  scheme: SignatureScheme | null;
  /** `retiring`: replaced, and admitted for what is still on its way. */
  state: "active" | "retiring";
  created_at: string;
}

export interface SubscriptionStore {
  /** Rises with every change made through this store, so that what was remembered of it can be dropped. */
  generation(): number;
  findByKey(keyHash: string): Promise<StoredSubscription | null>;
  list(org: string): Promise<StoredSubscription[]>;
  add(subscription: StoredSubscription): Promise<void>;
  retire(org: string, keyHash: string): Promise<void>;
  remove(org: string, keyHash: string): Promise<void>;
  /** Sets the scheme unless one is set; the first match stays. */
  pin(keyHash: string, scheme: SignatureScheme): Promise<void>;
}

export function createSubscriptionStore({ orm }: Database): SubscriptionStore {
  let generation = 0;
  return {
    generation: () => generation,
    async findByKey(keyHash) {
      const [row] = await orm.select().from(subscriptions).where(eq(subscriptions.key_hash, keyHash));
      return row ? asSubscription(row) : null;
    },
    async list(org) {
      const rows = await orm.select().from(subscriptions).where(eq(subscriptions.org_id, org));
      return rows.map(asSubscription);
    },
    async add({ org, scheme, ...rest }) {
      const row = { ...rest, org_id: org, scheme: scheme && JSON.stringify(scheme) };
      await orm.insert(subscriptions).values(row).onConflictDoUpdate({ target: subscriptions.key_hash, set: row });
      generation += 1;
    },
    async retire(org, keyHash) {
      await orm
        .update(subscriptions)
        .set({ state: "retiring" })
        .where(and(eq(subscriptions.org_id, org), eq(subscriptions.key_hash, keyHash)));
      generation += 1;
    },
    async remove(org, keyHash) {
      await orm.delete(subscriptions).where(and(eq(subscriptions.org_id, org), eq(subscriptions.key_hash, keyHash)));
      generation += 1;
    },
    async pin(keyHash, scheme) {
      await orm
        .update(subscriptions)
        .set({ scheme: sql`coalesce(${subscriptions.scheme}, ${JSON.stringify(scheme)})` })
        .where(eq(subscriptions.key_hash, keyHash));
      generation += 1;
    },
  };
}

function asSubscription({ org_id, ...row }: typeof subscriptions.$inferSelect): StoredSubscription {
  return { ...row, org: org_id, scheme: row.scheme === null ? null : JSON.parse(row.scheme) };
}
