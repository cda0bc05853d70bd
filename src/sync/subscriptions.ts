import type { StoredSubscription } from "../db/stores/subscription-store.ts";
import type { Failure } from "../domain/failure.ts";
import { hmacContext } from "../domain/hmac-context.ts";
import { WEBHOOK_MODELS } from "../domain/model.ts";
import type { MyCase } from "../mycase/client.ts";
import type { Subscription } from "../mycase/wire/subscription.ts";
import { ok, type Result } from "../platform/result.ts";
import { hashSecret, randomSecret } from "../platform/secret.ts";
import type { SyncContext } from "./context.ts";

const PATH = "/webhooks/mycase/";

/**
 * Brings the subscriptions at MyCase and here to what they should be: one for each kind, at this origin. Doubles and
 * leftovers of this org are cancelled; those of other orgs, and of other products, are left alone.
 */
export async function ensureSubscriptions(
  context: SyncContext,
  org: string,
  origin: string,
): Promise<Result<null, Failure>> {
  const mycase = context.mycase(org, "live");
  const listed = await mycase.listSubscriptions();
  if (!listed.ok) return listed;
  const stored = await context.subscriptions.list(org);
  const there = await recognised(context, org, listed.value, origin);
  const kept = new Map<string, StoredSubscription>();
  for (const { subscription, keyHash } of there) {
    const own = stored.find((one) => one.key_hash === keyHash && one.state === "active");
    if (own && !kept.has(own.model)) kept.set(own.model, own);
    else await mycase.deleteSubscription(subscription.id);
  }
  for (const one of stored) if (kept.get(one.model) !== one) await context.subscriptions.remove(org, one.key_hash);
  for (const model of WEBHOOK_MODELS) {
    if (kept.has(model)) continue;
    const created = await subscribe(context, mycase, org, model, origin);
    if (!created.ok) return created;
  }
  return ok(null);
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

/** Those at our address that are this org's, or nobody's. */
async function recognised(context: SyncContext, org: string, listed: Subscription[], origin: string) {
  const ours: { subscription: Subscription; keyHash: string }[] = [];
  for (const subscription of listed) {
    if (!subscription.url?.startsWith(`${origin}${PATH}`)) continue;
    const keyHash = await hashSecret(subscription.url.slice(`${origin}${PATH}`.length));
    const owner = await context.subscriptions.findByKey(keyHash);
    if (!owner || owner.org === org) ours.push({ subscription, keyHash });
  }
  return ours;
}
