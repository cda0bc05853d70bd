import type { StoredSubscription } from "../../db/stores/subscription-store.ts";
import type { Failure } from "../../domain/failure.ts";
import { hmacContext } from "../../domain/hmac-context.ts";
import { WEBHOOK_MODELS } from "../../domain/resources.ts";
import type { MyCase } from "../../mycase/client/client.ts";
import type { Subscription } from "../../mycase/wire/subscription.ts";
import { err, ok, type Result } from "../../platform/result.ts";
import { hashSecret } from "../../platform/secret.ts";
import type { SyncContext } from "../context.ts";
import { type ListedSubscription, planSubscriptions, WEBHOOK_PATH } from "./subscription-plan.ts";

/**
 * Brings the subscriptions at MyCase and here to what they should be: one for each model, at the address where MyCase
 * finds this product now, with a secret that is not too old. Safe to repeat: connecting, every nightly and a retry call
 * it. A replaced secret is admitted for another day, for deliveries in flight.
 */
export async function ensureSubscriptions(context: SyncContext, org: string): Promise<Result<null, Failure>> {
  const connection = context.connection(org);
  if (!(await connection.lockSubscriptions())) return err(LOCKED);
  try {
    return await bringIntoLine(context, org);
  } finally {
    await connection.unlockSubscriptions();
  }
}

const LOCKED: Failure = {
  kind: "unavailable",
  detail: "The org's subscriptions are being changed by somebody else",
  retry_after: 10,
};

async function bringIntoLine(context: SyncContext, org: string): Promise<Result<null, Failure>> {
  const grantedOrigin = await context.orgs.origin(org);
  if (grantedOrigin === null) return ok(null); // disconnected meanwhile
  const origin = context.publicUrl ?? grantedOrigin;
  const mycase = context.mycase(org, "live");
  const listing = await mycase.listSubscriptions();
  if (!listing.ok) return listing;
  const stored = await context.subscriptions.list(org);
  const listed = await Promise.all(listing.value.map((subscription) => identify(context, subscription, stored)));
  const { kept, surplus } = planSubscriptions(listed, stored, { origin, now: context.now() });
  for (const model of WEBHOOK_MODELS) {
    if (kept.has(model)) continue;
    const created = await subscribe(context, mycase, { org, model, origin });
    if (!created.ok) return created;
  }
  for (const id of surplus) {
    const deleted = await mycase.deleteSubscription(id);
    if (!deleted.ok) return deleted;
  }
  for (const subscription of kept.values()) await reseal(context, subscription);
  await retireReplaced(context, stored, new Set([...kept.values()].map(({ key_hash }) => key_hash)));
  return ok(null);
}

/** Tells whose secret is in a listed address. */
async function identify(
  context: SyncContext,
  { id, url }: Subscription,
  stored: StoredSubscription[],
): Promise<ListedSubscription> {
  const start = url?.indexOf(WEBHOOK_PATH) ?? -1;
  const key = url && start >= 0 ? url.slice(start + WEBHOOK_PATH.length) : null;
  const keyHash = key === null ? null : await hashSecret(key);
  const currentKey = key !== null && context.webhookKeys.originOf(key) === "current";
  const isUnknown = keyHash !== null && !stored.some((row) => row.key_hash === keyHash);
  const othersKey = isUnknown && (await context.subscriptions.findByKey(keyHash)) !== null;
  return { id, url: url ?? null, keyHash, currentKey, othersKey };
}

/** A replaced secret is retiring for a day, until the next check removes it. */
async function retireReplaced(context: SyncContext, stored: StoredSubscription[], kept: Set<string>): Promise<void> {
  for (const { org, key_hash, state } of stored) {
    if (kept.has(key_hash)) continue;
    if (state === "active") await context.subscriptions.setState(org, key_hash, "retiring");
    else await context.subscriptions.remove(org, key_hash);
  }
}

/** Seals the HMAC key with the current encryption key, so that the previous one can be taken away. */
async function reseal(context: SyncContext, subscription: StoredSubscription): Promise<void> {
  const { hmac_key, key_hash } = subscription;
  if (hmac_key === null || (await context.vault.isCurrent(hmac_key))) return;
  const sealingContext = hmacContext(key_hash);
  const plain = await context.vault.open(hmac_key, sealingContext);
  await context.subscriptions.reseal(key_hash, hmac_key, await context.vault.seal(plain, sealingContext));
}

/**
 * Cancels every subscription of the org. One that MyCase does not confirm is admitted no more, and stays on the list of those
 * to cancel: whoever connects the org again cancels it.
 */
export async function cancelSubscriptions(context: SyncContext, org: string): Promise<Result<null, Failure>> {
  const mycase = context.mycase(org, "live");
  let outcome: Result<null, Failure> = ok(null);
  for (const { mycase_id, key_hash } of await context.subscriptions.list(org)) {
    const deleted = mycase_id === "" ? ok(null) : await mycase.deleteSubscription(mycase_id);
    if (deleted.ok) await context.subscriptions.remove(org, key_hash);
    else await context.subscriptions.setState(org, key_hash, "to_cancel");
    if (!deleted.ok) outcome = deleted;
  }
  return outcome;
}

/** The row is stored before MyCase knows the address: the first delivery may arrive before MyCase's answer. */
async function subscribe(
  context: SyncContext,
  mycase: MyCase,
  { org, model, origin }: { org: string; model: string; origin: string },
): Promise<Result<null, Failure>> {
  const key = context.webhookKeys.create();
  const key_hash = await hashSecret(key);
  const row: StoredSubscription = {
    key_hash,
    org,
    model,
    mycase_id: "",
    hmac_key: null,
    scheme: null,
    state: "active",
    created_at: context.now().toISOString(),
  };
  await context.subscriptions.add(row);
  const created = await mycase.createSubscription({
    model,
    url: `${origin}${WEBHOOK_PATH}${key}`,
    actions: ["created", "updated", "deleted"],
  });
  if (!created.ok) {
    await context.subscriptions.remove(org, key_hash);
    return created;
  }
  const { id, hmac_key } = created.value;
  const sealed = hmac_key === null ? null : await context.vault.seal(hmac_key, hmacContext(key_hash));
  const completed = await context.subscriptions.complete(key_hash, { mycase_id: id, hmac_key: sealed });
  return completed ? ok(null) : mycase.deleteSubscription(id); // removed meanwhile
}
