import { createHash } from "node:crypto";
import type { StoredSubscription, SubscriptionStore } from "../../db/stores/subscription-store.ts";
import { hmacContext } from "../../domain/hmac-context.ts";
import type { Vault } from "../../platform/vault.ts";

/** A subscription with its key opened, ready to check deliveries with. */
export interface KnownSubscription {
  subscription: StoredSubscription;
  hmacKey: string | null;
}

/** Finds subscriptions by the secret in their address, without the database while they are fresh in memory. */
export interface KnownSubscriptions {
  find(key: string): Promise<KnownSubscription | null>;
  /** Whether the next `find` needs no look-up. */
  remembers(key: string): boolean;
}

const PINNED_FRESH_MS = 60_000;
const UNPINNED_FRESH_MS = 5_000; // another isolate may pin the scheme, and then unsigned deliveries must be refused here too
const LARGEST_MEMORY = 10_000;

interface Remembered extends KnownSubscription {
  until: number;
  generation: number;
}

export function createKnownSubscriptions(store: SubscriptionStore, vault: Vault): KnownSubscriptions {
  const memory = new Map<string, Remembered>();
  const fresh = (hash: string) => {
    const known = memory.get(hash);
    return known && known.until > Date.now() && known.generation === store.generation() ? known : null;
  };
  return {
    remembers: (key) => fresh(hashOf(key)) !== null,
    async find(key) {
      const hash = hashOf(key);
      const known = fresh(hash);
      if (known) return known;
      const generation = store.generation();
      const subscription = await store.findByKey(hash);
      if (!subscription) {
        memory.delete(hash);
        return null;
      }
      const hmacKey = subscription.hmac_key && (await vault.open(subscription.hmac_key, hmacContext(hash)));
      const freshFor = subscription.scheme ? PINNED_FRESH_MS : UNPINNED_FRESH_MS;
      const found = { subscription, hmacKey, until: Date.now() + freshFor, generation };
      if (memory.size >= LARGEST_MEMORY) memory.clear();
      memory.set(hash, found);
      return found;
    },
  };
}

function hashOf(key: string): string {
  return createHash("sha256").update(key).digest("hex");
}
