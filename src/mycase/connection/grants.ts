import type { Failure } from "../../domain/failure.ts";
import type { Clock } from "../../platform/clock.ts";
import { err, ok, type Result } from "../../platform/result.ts";
import { hashSecret, randomSecret, sameSecret } from "../../platform/secret.ts";
import type { GrantOffer, GrantOffers } from "./grant-offer.ts";
import { authorizeUrl, exchangeCode, type OAuthSettings } from "./oauth.ts";
import type { ConnectionStorage } from "./storage.ts";
import type { GrantRequest, Redeemed } from "./types.ts";

const GRANT_TTL_MS = 10 * 60 * 1000;

const STATE_REFUSED: Failure = { kind: "refused", status: 400, detail: "This state is unknown, used or expired." };
export const OFFER_REFUSED: Failure = {
  kind: "refused",
  status: 400,
  detail: "This grant was used, has expired, or the connection was removed meanwhile; connect again.",
};

interface Parts {
  storage: ConnectionStorage;
  settings: OAuthSettings;
  offers: GrantOffers;
  clock: Clock;
}

/** From the address that begins a grant to an offer that can be accepted once. */
export class Grants {
  /** Rises with every removal of the connection: what was in flight then is not stored. */
  removals = 0;
  private readonly parts: Parts;

  constructor(parts: Parts) {
    this.parts = parts;
  }

  async authorize(request: GrantRequest): Promise<{ authorize_url: string }> {
    const { redirectUri, orgId, browser, confirm, replaceFirm } = request;
    const { storage, settings, clock } = this.parts;
    const nonce = randomSecret();
    storage.pendingGrant = {
      nonceHash: await hashSecret(nonce),
      browserHash: browser === null ? null : await hashSecret(browser),
      redirectUri,
      confirm,
      replaceFirm,
      expiresAt: clock() + GRANT_TTL_MS,
    };
    return { authorize_url: authorizeUrl(settings, redirectUri, `${orgId}.${nonce}`) };
  }

  async redeem(callback: { code: string; nonce: string; browser: string | null }): Promise<Result<Redeemed, Failure>> {
    const { storage, settings, offers, clock } = this.parts;
    const pending = storage.pendingGrant;
    const offered = await hashSecret(callback.nonce);
    const browser = await hashSecret(callback.browser ?? "");
    const sameBrowser = pending?.browserHash === null || (await sameSecret(pending?.browserHash ?? "", browser));
    if (!pending || !sameBrowser || pending.expiresAt < clock()) return err(STATE_REFUSED);
    if (!(await sameSecret(pending.nonceHash, offered))) return err(STATE_REFUSED);
    const { redirectUri, confirm, replaceFirm } = pending;
    storage.pendingGrant = null;
    const { removals } = this;
    const exchanged = await exchangeCode(settings, { code: callback.code, redirectUri });
    if (!exchanged.ok) return exchanged;
    if (this.removals !== removals) return err(OFFER_REFUSED);
    const terms = { firmUuid: exchanged.value.firm_uuid, origin: new URL(redirectUri).origin, replaceFirm };
    const id = randomSecret();
    storage.openOffer = id;
    const offer = await offers.seal({ ...terms, id, grant: exchanged.value, expiresAt: clock() + GRANT_TTL_MS });
    return ok({ ...terms, offer, confirm });
  }

  /** The offer, if it is this org's, has not been used and has not expired. */
  async open(sealed: string): Promise<GrantOffer | null> {
    const offer = await this.parts.offers.open(sealed);
    return offer?.id === this.parts.storage.openOffer ? offer : null;
  }

  /** Refuses whatever was begun before. */
  remove(): void {
    this.removals += 1;
    this.parts.storage.openOffer = null;
    this.parts.storage.pendingGrant = null;
  }
}
