import { and, eq, sql } from "drizzle-orm";
import type { SignatureScheme } from "../../domain/signature-scheme.ts";
import type { Database } from "../database.ts";
import { inOrgs } from "../in-orgs.ts";
import { subscriptions } from "../schema/index.ts";

export interface StoredSubscription {
  key_hash: string;
  org: string;
  model: string;
  mycase_id: string;
  /** Sealed with the vault under `hmac:<key_hash>`; null when MyCase gave none. */
  hmac_key: string | null;
  scheme: SignatureScheme | null;
  /** `retiring`: replaced, and admitted for deliveries in flight. `to_cancel`: MyCase has not confirmed its end. */
  state: "active" | "retiring" | "to_cancel";
  created_at: string;
}

export interface SubscriptionStore {
  /** Rises with every change made through this store, so that what was remembered of it can be dropped. */
  generation(): number;
  findByKey(keyHash: string): Promise<StoredSubscription | null>;
  list(org: string): Promise<StoredSubscription[]>;
  /** The models with an active subscription, of each org that has any. */
  activeModels(orgs: string[]): Promise<Map<string, string[]>>;
  add(subscription: StoredSubscription): Promise<void>;
  /** Adds what MyCase answered to a new one; false when it has been removed meanwhile. */
  complete(keyHash: string, answer: { mycase_id: string; hmac_key: string | null }): Promise<boolean>;
  /** Replaces the sealed HMAC key, and nothing else. */
  reseal(keyHash: string, sealedBefore: string, sealed: string): Promise<void>;
  setState(org: string, keyHash: string, state: StoredSubscription["state"]): Promise<void>;
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
    async activeModels(orgs) {
      const rows = await orm
        .select({ org: subscriptions.org_id, model: subscriptions.model })
        .from(subscriptions)
        .where(and(inOrgs(subscriptions.org_id, orgs), eq(subscriptions.state, "active")));
      const byOrg = Map.groupBy(rows, (row) => row.org);
      return new Map([...byOrg].map(([org, active]) => [org, active.map(({ model }) => model)]));
    },
    async add({ org, scheme, ...rest }) {
      const row = { ...rest, org_id: org, scheme: scheme && JSON.stringify(scheme) };
      await orm.insert(subscriptions).values(row).onConflictDoUpdate({ target: subscriptions.key_hash, set: row });
      generation += 1;
    },
    async complete(keyHash, answer) {
      const updated = await orm
        .update(subscriptions)
        .set(answer)
        .where(eq(subscriptions.key_hash, keyHash))
        .returning({ key_hash: subscriptions.key_hash });
      generation += 1;
      return updated.length > 0;
    },
    async reseal(keyHash, sealedBefore, sealed) {
      await orm
        .update(subscriptions)
        .set({ hmac_key: sealed })
        .where(and(eq(subscriptions.key_hash, keyHash), eq(subscriptions.hmac_key, sealedBefore)));
      generation += 1;
    },
    async setState(org, keyHash, state) {
      await orm
        .update(subscriptions)
        .set({ state })
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
