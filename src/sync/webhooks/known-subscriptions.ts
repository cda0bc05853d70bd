import { createHash } from "node:crypto";
import type { StoredSubscription, SubscriptionStore } from "../../db/stores/subscription-store.ts";
import { hmacContext } from "../../domain/hmac-context.ts";
import { BoundedMap } from "../../platform/bounded-map.ts";
import type { SecretSigner } from "../../platform/signed-secret.ts";
import type { Vault } from "../../platform/vault.ts";

/** A subscription with its HMAC key opened, ready to check deliveries with. */
export interface KnownSubscription {
  kind: "active";
  subscription: StoredSubscription;
  hmacKey: string | null;
}

/** `gone`: the key was made here, and its subscription has been removed. `unknown`: no key of ours. */
export type SubscriptionLookup = KnownSubscription | { kind: "gone" } | { kind: "unknown" };

/** Finds subscriptions by the secret in their address, from memory where possible. */
export interface KnownSubscriptions {
  find(key: string): Promise<SubscriptionLookup>;
}

const PINNED_FRESH_MS = 60_000;
const UNPINNED_FRESH_MS = 5_000; // another isolate may pin a signature scheme at any time
const MAX_REMEMBERED = 10_000;

interface Remembered {
  lookup: KnownSubscription;
  until: number;
  generation: number;
}

export function createKnownSubscriptions(
  store: SubscriptionStore,
  vault: Vault,
  signer: SecretSigner,
): KnownSubscriptions {
  const active = new BoundedMap<string, Remembered>(MAX_REMEMBERED);
  const removed = new BoundedMap<string, true>(MAX_REMEMBERED); // for good: a key is never given out again
  const isFresh = ({ until, generation }: Remembered) => until > Date.now() && generation === store.generation();

  return {
    async find(key) {
      const origin = signer.originOf(key);
      if (origin === "forged") return { kind: "unknown" };
      const missing = { kind: origin === "unsigned" ? "unknown" : "gone" } as const;
      const hash = hashOf(key);
      if (removed.get(hash)) return missing;
      const remembered = active.get(hash);
      if (remembered && isFresh(remembered)) return remembered.lookup;
      const generation = store.generation();
      const subscription = await store.findByKey(hash);
      if (!subscription || subscription.state === "to_cancel") {
        active.delete(hash);
        removed.set(hash, true);
        return missing;
      }
      const hmacKey = subscription.hmac_key && (await vault.open(subscription.hmac_key, hmacContext(hash)));
      const lookup: KnownSubscription = { kind: "active", subscription, hmacKey };
      const until = Date.now() + (subscription.scheme ? PINNED_FRESH_MS : UNPINNED_FRESH_MS);
      active.set(hash, { lookup, until, generation });
      return lookup;
    },
  };
}

function hashOf(key: string): string {
  return createHash("sha256").update(key).digest("hex");
}
