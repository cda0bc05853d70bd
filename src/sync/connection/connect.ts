import type { Failure } from "../../domain/failure.ts";
import { err, ok, type Result } from "../../platform/result.ts";
import type { SyncContext } from "../context.ts";
import { resumeResyncs } from "../resync/request-resync.ts";
import { resumeRuns, startRun } from "../runs/start-run.ts";
import { cancelSubscriptions, ensureSubscriptions } from "../webhooks/subscriptions.ts";

/** Where MyCase sends the browser back to; MyCase's support enters it for the application. */
export const OAUTH_CALLBACK_PATH = "/oauth/mycase/callback";

/**
 * The address to open in a browser. `origin` is where MyCase finds this product; with a `browser` secret only the
 * browser that holds it may finish the grant.
 */
export function authorize(
  context: SyncContext,
  org: string,
  origin: string,
  browser: string | null = null,
): Promise<{ authorize_url: string }> {
  return context.connection(org).authorize(`${origin}${OAUTH_CALLBACK_PATH}`, org, browser);
}

/** Finishes a grant: tokens, then subscriptions, then the first import. */
export async function finishConnection(
  context: SyncContext,
  state: string,
  code: string,
  browser: string | null = null,
): Promise<Result<{ org: string }, Failure>> {
  const dot = state.indexOf(".");
  const [org, nonce] = [state.slice(0, dot), state.slice(dot + 1)];
  const refused: Failure = {
    kind: "refused",
    status: 400,
    detail: "This state is unknown, used or expired; connect again.",
  };
  if (dot < 1 || nonce === "" || (await context.orgs.configVersion(org)) === null) return err(refused);
  const finished = await context.connection(org).finish({ code, nonce, browser });
  if (!finished.ok) return finished;
  await context.orgs.setConnected(org, { at: context.now(), origin: finished.value.origin });
  const subscribed = await ensureSubscriptions(context, org);
  if (!subscribed.ok) await context.enqueue([{ kind: "subscribe", org }]);
  await resumeResyncs(context, org); // they waited for access
  await resumeRuns(context, org);
  const started = await startRun(context, org, "backfill", "connect");
  return started.ok ? ok({ org }) : started;
}

/** Cancels the subscriptions as far as MyCase allows, and forgets the tokens whatever it says. */
export async function disconnect(context: SyncContext, org: string): Promise<Result<null, Failure>> {
  const cancelled = await cancelSubscriptions(context, org);
  await context.connection(org).forget();
  await context.orgs.setConnected(org, null);
  return cancelled;
}
