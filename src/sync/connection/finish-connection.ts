import type { Firm } from "../../db/stores/org-sync-store.ts";
import type { Failure } from "../../domain/failure.ts";
import type { OfferTerms } from "../../mycase/connection/types.ts";
import { err, ok, type Result } from "../../platform/result.ts";
import type { SyncContext } from "../context.ts";
import { cancelSubscriptions } from "../webhooks/subscriptions.ts";
import { CONNECTED_ELSEWHERE, checkFirm, type GrantRefusal } from "./check-firm.ts";
import { reconcileConnection } from "./reconcile-connection.ts";
import { startWork } from "./start-work.ts";

/** `confirm`: nothing is stored until somebody of the org has confirmed the firm with this offer. */
export type FinishedGrant =
  | { kind: "connected"; org: string }
  | { kind: "confirm"; org: string; firm: Firm; offer: string };

const REFUSED: Failure = {
  kind: "refused",
  status: 400,
  detail: "This state is unknown, used or expired; connect again.",
};

/** Finishes a grant with what MyCase's redirect brings; the firm is checked before anything is stored or read. */
export async function finishConnection(
  context: SyncContext,
  state: string,
  code: string,
  browser: string | null = null,
): Promise<Result<FinishedGrant, Failure | GrantRefusal>> {
  const dot = state.indexOf(".");
  const [org, nonce] = [state.slice(0, dot), state.slice(dot + 1)];
  if (dot < 1 || nonce === "" || (await context.orgs.configVersion(org)) === null) return err(REFUSED);
  const redeemed = await context.connection(org).redeem({ code, nonce, browser });
  if (!redeemed.ok) return redeemed;
  const { offer, confirm, ...terms } = redeemed.value;
  const firm = await checkFirm(context, org, { offer, terms });
  if (!firm.ok) return firm;
  if (confirm) return ok({ kind: "confirm", org, firm: firm.value, offer });
  return connect(context, org, { offer, terms, firm: firm.value });
}

/** Accepts an offer that waited for somebody of the org; the firm is checked again. */
export async function confirmConnection(
  context: SyncContext,
  org: string,
  offer: string,
): Promise<Result<FinishedGrant, Failure | GrantRefusal>> {
  const terms = await context.connection(org).inspect(offer);
  if (!terms) return err(REFUSED);
  const firm = await checkFirm(context, org, { offer, terms });
  return firm.ok ? connect(context, org, { offer, terms, firm: firm.value }) : firm;
}

/** The firm is claimed in the database before its tokens are stored: of two orgs that connect it at once, one gets it. */
async function connect(
  context: SyncContext,
  org: string,
  grant: { offer: string; terms: OfferTerms; firm: Firm & { replaces: boolean } },
): Promise<Result<FinishedGrant, Failure | GrantRefusal>> {
  const { offer, terms, firm } = grant;
  if (firm.replaces) await cancelSubscriptions(context, org); // they are another firm's
  const claimed = await context.orgs.connect(org, { at: context.now(), origin: terms.origin, firm });
  if (claimed === "gone") return err(REFUSED);
  if (claimed === "elsewhere") return err(CONNECTED_ELSEWHERE);
  const accepted = await context.connection(org).accept(offer, firm.uuid);
  if (!accepted.ok) {
    await reconcileConnection(context, org, context.now());
    return accepted;
  }
  const started = await startWork(context, org);
  return started.ok ? ok({ kind: "connected", org }) : started;
}
