import type { StoredSubscription } from "../../db/stores/subscription-store.ts";

/** The path of webhook addresses; the rest of the address is the subscription's secret. */
export const WEBHOOK_PATH = "/webhooks/mycase/";

const MAX_KEY_AGE_MS = 90 * 24 * 60 * 60 * 1000; // a secret in an address ends up in logs on its way: replaced each quarter

/** A subscription as MyCase lists it. */
export interface ListedSubscription {
  id: string;
  url: string | null;
  /** Hash of the secret in the address; null when the address is not one of this product's. */
  keyHash: string | null;
  /** The secret is signed with the current encryption key; others are replaced, so that a previous one can be taken away. */
  currentKey: boolean;
  /** The secret belongs to another org of this installation. */
  othersKey: boolean;
}

export interface SubscriptionPlan {
  /** The subscription that stays, by model. */
  kept: Map<string, StoredSubscription>;
  /** MyCase's ids of the org's duplicates and leftovers, to be cancelled. */
  surplus: string[];
}

/**
 * Which of the org's subscriptions at MyCase stay, one for each model, and which are to be cancelled. Those of other orgs
 * and other products are left alone. One whose creation was interrupted lacks its id and HMAC key, and is replaced. Pure.
 */
export function planSubscriptions(
  listed: ListedSubscription[],
  stored: StoredSubscription[],
  { origin, now }: { origin: string; now: Date },
): SubscriptionPlan {
  const kept = new Map<string, StoredSubscription>();
  const surplus: string[] = [];
  for (const { id, url, keyHash, currentKey, othersKey } of listed) {
    const row = stored.find((candidate) => candidate.key_hash === keyHash || candidate.mycase_id === id);
    const atOrigin = url?.startsWith(`${origin}${WEBHOOK_PATH}`) ?? false;
    const isComplete = row?.key_hash === keyHash && row.mycase_id !== "";
    const usable = isComplete && row.state === "active" && currentKey && isFresh(row, now);
    if (atOrigin && usable && !kept.has(row.model)) kept.set(row.model, row);
    else if (row || (atOrigin && keyHash !== null && !othersKey)) surplus.push(id);
  }
  return { kept, surplus };
}

function isFresh({ created_at }: StoredSubscription, now: Date): boolean {
  return now.getTime() - Date.parse(created_at) < MAX_KEY_AGE_MS;
}
