import type { StoredSubscription } from "../../db/stores/subscription-store.ts";
import type { Failure } from "../../domain/failure.ts";
import { hmacContext } from "../../domain/hmac-context.ts";
import { WEBHOOK_MODELS } from "../../domain/resources.ts";
import type { MyCase } from "../../mycase/client/client.ts";
import type { Subscription } from "../../mycase/wire/subscription.ts";
import { ok, type Result } from "../../platform/result.ts";
import { hashSecret, randomSecret } from "../../platform/secret.ts";
import type { SyncContext } from "../context.ts";

const PATH = "/webhooks/mycase/";
const MAX_KEY_AGE_MS = 90 * 24 * 60 * 60 * 1000; // a secret in an address ends up in logs on the way: it is changed each quarter

/**
 * Brings the subscriptions at MyCase and here to what they should be: one for each kind, at the address where MyCase
 * finds this product now, with a secret that is not too old. What is missing there is made anew; doubles and leftovers
 * of this org are cancelled; those of other orgs, and of other products, are left alone. A secret that is replaced is
 * admitted for another day, for what is on its way. Safe to repeat: connecting, every nightly and a retry call it.
 */
export async function ensureSubscriptions(context: SyncContext, org: string): Promise<Result<null, Failure>> {
  const origin = context.publicUrl ?? (await context.orgs.origin(org));
  if (origin === null) return ok(null); // disconnected since
  const mycase = context.mycase(org, "live");
  const listed = await mycase.listSubscriptions();
  if (!listed.ok) return listed;
  const stored = await context.subscriptions.list(org);
  const { kept, surplus } = await sort(context, listed.value, stored, origin);
  for (const model of WEBHOOK_MODELS) {
    if (kept.has(model)) continue;
    const created = await subscribe(context, mycase, org, model, origin);
    if (!created.ok) return created;
  }
  for (const id of surplus) {
    const deleted = await mycase.deleteSubscription(id);
    if (!deleted.ok) return deleted;
  }
  for (const one of kept.values()) await reseal(context, one);
  const good = new Set([...kept.values()].map((one) => one.key_hash));
  for (const one of stored) {
    if (good.has(one.key_hash)) continue;
    if (one.state === "active") await context.subscriptions.retire(org, one.key_hash);
    else await context.subscriptions.remove(org, one.key_hash);
  }
  return ok(null);
}

/** Which of the org's subscriptions at MyCase stay, one of a kind, and which others of it are to be cancelled. */
async function sort(
  context: SyncContext,
  listed: Subscription[],
  stored: StoredSubscription[],
  origin: string,
): Promise<{ kept: Map<string, StoredSubscription>; surplus: string[] }> {
  const kept = new Map<string, StoredSubscription>();
  const surplus: string[] = [];
  for (const subscription of listed) {
    const keyHash = await keyHashOf(subscription);
    const own = stored.find((one) => one.key_hash === keyHash || one.mycase_id === subscription.id);
    const here = subscription.url?.startsWith(`${origin}${PATH}`) ?? false;
    const good = own?.key_hash === keyHash && own.state === "active" && isFresh(own, context.now());
    if (here && good && !kept.has(own.model)) kept.set(own.model, own);
    else if (own || (here && keyHash && !(await context.subscriptions.findByKey(keyHash))))
      surplus.push(subscription.id);
  }
  return { kept, surplus };
}

function isFresh({ created_at }: StoredSubscription, now: Date): boolean {
  return now.getTime() - Date.parse(created_at) < MAX_KEY_AGE_MS;
}

/** The hash of the secret in the subscription's address, if it is one of this product's. */
async function keyHashOf({ url }: Subscription): Promise<string | null> {
  const at = url?.indexOf(PATH) ?? -1;
  return url && at >= 0 ? hashSecret(url.slice(at + PATH.length)) : null;
}

/** What is sealed with a key of before is sealed with the one of now, so that the old one can be taken away. */
async function reseal(context: SyncContext, one: StoredSubscription): Promise<void> {
  if (one.hmac_key === null || (await context.vault.isCurrent(one.hmac_key))) return;
  const where = hmacContext(one.key_hash);
  const hmac_key = await context.vault.seal(await context.vault.open(one.hmac_key, where), where);
  await context.subscriptions.add({ ...one, hmac_key });
}

/** Cancels every subscription of the org; here they go even when MyCase cannot be asked. */
export async function cancelSubscriptions(context: SyncContext, org: string): Promise<Result<null, Failure>> {
  const mycase = context.mycase(org, "live");
  let outcome: Result<null, Failure> = ok(null);
  for (const one of await context.subscriptions.list(org)) {
    const deleted = await mycase.deleteSubscription(one.mycase_id);
    if (!deleted.ok) outcome = deleted;
    await context.subscriptions.remove(org, one.key_hash);
  }
  return outcome;
}

/** The row is there before MyCase knows the address: its first delivery may be on its way before its answer is. */
async function subscribe(
  context: SyncContext,
  mycase: MyCase,
  org: string,
  model: string,
  origin: string,
): Promise<Result<null, Failure>> {
  const key = randomSecret();
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
    url: `${origin}${PATH}${key}`,
    actions: ["created", "updated", "deleted"],
  });
  if (!created.ok) {
    await context.subscriptions.remove(org, key_hash);
    return created;
  }
  const { id, hmac_key } = created.value;
  const sealed = hmac_key === null ? null : await context.vault.seal(hmac_key, hmacContext(key_hash));
  await context.subscriptions.add({ ...row, mycase_id: id, hmac_key: sealed });
  return ok(null);
}
