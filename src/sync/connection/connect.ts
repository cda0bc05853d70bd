import type { Failure } from "../../domain/failure.ts";
import type { Result } from "../../platform/result.ts";
import type { SyncContext } from "../context.ts";
import { cancelSubscriptions } from "../webhooks/subscriptions.ts";

/** Where MyCase sends the browser back to; MyCase's support enters it for the application. */
export const OAUTH_CALLBACK_PATH = "/oauth/mycase/callback";

/** How a grant is begun; see `GrantRequest`. */
export interface GrantOptions {
  /** Where MyCase finds this product. */
  origin: string;
  browser?: string;
  confirm?: boolean;
  replaceFirm?: boolean;
}

/** The address to open in a browser. */
export function authorize(
  context: SyncContext,
  org: string,
  { origin, browser, confirm = false, replaceFirm = false }: GrantOptions,
): Promise<{ authorize_url: string }> {
  const redirectUri = `${origin}${OAUTH_CALLBACK_PATH}`;
  const request = { redirectUri, orgId: org, browser: browser ?? null, confirm, replaceFirm };
  return context.connection(org).authorize(request);
}

/** Cancels the subscriptions as far as MyCase allows, and forgets the tokens whatever it says. */
export async function disconnect(context: SyncContext, org: string): Promise<Result<null, Failure>> {
  const connection = context.connection(org);
  await waitForLock(context, org);
  const cancelled = await cancelSubscriptions(context, org);
  await connection.forget();
  await context.orgs.disconnect(org);
  await connection.unlockSubscriptions();
  return cancelled;
}

const LOCK_ATTEMPTS = 40;
const LOCK_PAUSE_MS = 250;

/** Waits until nobody else changes the subscriptions: what they create meanwhile would outlive the connection. */
async function waitForLock(context: SyncContext, org: string): Promise<void> {
  for (let attempt = 0; attempt < LOCK_ATTEMPTS; attempt++) {
    if (await context.connection(org).lockSubscriptions()) return;
    await scheduler.wait(LOCK_PAUSE_MS);
  }
}
