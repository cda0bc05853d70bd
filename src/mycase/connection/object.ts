import { DurableObject } from "cloudflare:workers";
import { describeProblems, readConfig } from "../../config.ts";
import { accessFailure, hasAccess } from "../../domain/connection-state.ts";
import type { Failure } from "../../domain/failure.ts";
import type { Env } from "../../env.ts";
import { systemClock } from "../../platform/clock.ts";
import { err, ok, type Result } from "../../platform/result.ts";
import { createVault } from "../../platform/vault.ts";
import { assessCaseCount } from "./case-count.ts";
import { Counters } from "./counters.ts";
import { type FirmAnswer, fetchFirm } from "./firm.ts";
import { GrantOffers } from "./grant-offer.ts";
import { Grants, OFFER_REFUSED } from "./grants.ts";
import type { OAuthSettings } from "./oauth.ts";
import { RateLimiter } from "./rate-limiter.ts";
import { type ConnectionEvent, nextState } from "./state.ts";
import { ConnectionStorage } from "./storage.ts";
import { REFRESH_AHEAD_MS, TokenRefresher } from "./token-refresher.ts";
import type {
  Connection,
  ConnectionStatus,
  GrantRequest,
  Lane,
  OfferTerms,
  Permit,
  Redeemed,
  RequestOutcome,
} from "./types.ts";

const RETRY_REFRESH_MS = 5 * 60 * 1000;
const SUBSCRIPTION_LOCK_MS = 60 * 1000; // the longest that a holder which has ended keeps others waiting

/** One org's connection to MyCase: the only holder of its tokens, rate limit and read tickets. */
export class MyCaseConnection extends DurableObject<Env> implements Connection {
  private readonly clock = systemClock;
  private readonly storage: ConnectionStorage;
  private readonly counters: Counters;
  private readonly settings: OAuthSettings;
  private readonly tokens: TokenRefresher;
  private readonly rateLimiter: RateLimiter;
  private readonly grants: Grants;
  private readonly apiUrl: string;
  private throttles = 0;
  private subscriptionsLockedUntil = 0;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    const config = readConfig(env);
    if (!config.ok) throw new Error(describeProblems(config.failure));
    this.storage = new ConnectionStorage(ctx.storage);
    this.counters = new Counters(this.storage, this.clock);
    this.settings = {
      authUrl: config.value.mycaseAuthUrl,
      clientId: config.value.mycaseClientId,
      clientSecret: config.value.mycaseClientSecret,
    };
    const vault = createVault(config.value.encryptionKey, config.value.previousEncryptionKeys);
    this.apiUrl = config.value.mycaseApiUrl;
    this.grants = new Grants({
      storage: this.storage,
      settings: this.settings,
      offers: new GrantOffers(vault, `offer:${ctx.id}`, this.clock),
      clock: this.clock,
    });
    this.tokens = new TokenRefresher({
      storage: this.storage,
      counters: this.counters,
      settings: this.settings,
      vault,
      context: `tokens:${ctx.id}`,
      clock: this.clock,
      onRefresh: async (outcome, cause) => {
        this.apply(outcome.ok ? { kind: "refreshed" } : { kind: "refresh_failed", failure: outcome.failure, cause });
        if (!outcome.ok) await this.planRefresh();
      },
    });
    this.rateLimiter = new RateLimiter(config.value.mycaseRequestsPerSecond, this.clock);
  }

  async permit(lane: Lane): Promise<Result<Permit & { observe: boolean }, Failure>> {
    const missing = accessFailure(this.storage.state);
    if (missing) return err(missing);
    const retryAfter = await this.rateLimiter.acquire(lane);
    if (retryAfter !== null) {
      return err({ kind: "rate_limited", detail: "Too much work waits for MyCase.", retry_after: retryAfter });
    }
    const token = await this.tokens.current();
    if (!token.ok) return token;
    this.counters.add("requests");
    return ok({
      token: token.value,
      ticket: this.storage.drawTicket(),
      observe: this.storage.state.state !== "connected" || this.throttles > 0,
    });
  }

  async reportUnauthorized(token: string): Promise<Result<null, Failure>> {
    this.counters.add("unauthorized");
    const replaced = await this.tokens.replace(token);
    return replaced.ok ? ok(null) : replaced;
  }

  async reportOutcome(outcome: RequestOutcome): Promise<void> {
    if (outcome.kind === "throttled") {
      this.counters.add("throttled");
      this.rateLimiter.pause(outcome.retry_after ?? Math.min(2 ** this.throttles, 30) * (0.75 + Math.random() / 2));
      this.throttles += 1;
      return;
    }
    if (outcome.kind === "answered") this.throttles = 0;
    else this.counters.add(outcome.kind);
    this.apply(outcome);
  }

  async acceptCaseCount(visible: number, mirrored?: number): Promise<boolean> {
    if (!hasAccess(this.storage.state.state)) return false;
    const { freshGrant, acceptedCases } = this.storage;
    const previous = acceptedCases ?? 0;
    const assessment = assessCaseCount({ visible, previous, mirrored: mirrored ?? null, freshGrant });
    if (assessment === "suspicious") return false;
    if (assessment === "collapsed") {
      this.apply({ kind: "case_count_collapsed", visible, previous });
      return false;
    }
    this.storage.freshGrant = false;
    this.storage.acceptedCases = visible;
    this.apply({ kind: "case_count_accepted" });
    return true;
  }

  authorize(request: GrantRequest): Promise<{ authorize_url: string }> {
    return this.grants.authorize(request);
  }

  redeem(callback: { code: string; nonce: string; browser: string | null }): Promise<Result<Redeemed, Failure>> {
    return this.grants.redeem(callback);
  }

  async inspect(sealed: string): Promise<OfferTerms | null> {
    const offer = await this.grants.open(sealed);
    if (!offer) return null;
    return { firmUuid: offer.grant.firm_uuid, origin: offer.origin, replaceFirm: offer.replaceFirm };
  }

  async firmOf(sealed: string): Promise<FirmAnswer | null> {
    const offer = await this.grants.open(sealed);
    if (!offer || (await this.rateLimiter.acquire("live")) !== null) return null;
    this.counters.add("requests");
    return fetchFirm(this.apiUrl, offer.grant.access_token);
  }

  async accept(sealed: string, firmUuid: string): Promise<Result<null, Failure>> {
    const offer = await this.grants.open(sealed);
    if (!offer) return err(OFFER_REFUSED);
    this.storage.openOffer = null;
    const { removals } = this.grants;
    await this.tokens.adopt(offer.grant, { firmUuid, origin: offer.origin });
    if (this.grants.removals !== removals) {
      this.storage.tokens = null;
      return err(OFFER_REFUSED);
    }
    this.storage.freshGrant = true;
    this.apply({ kind: "granted" });
    await this.planRefresh();
    return ok(null);
  }

  async lockSubscriptions(): Promise<boolean> {
    if (this.subscriptionsLockedUntil > this.clock()) return false;
    this.subscriptionsLockedUntil = this.clock() + SUBSCRIPTION_LOCK_MS;
    return true;
  }

  async unlockSubscriptions(): Promise<void> {
    this.subscriptionsLockedUntil = 0;
  }

  async status(): Promise<ConnectionStatus> {
    const tokens = this.storage.tokens;
    const { state, since, cause, why } = this.storage.state;
    return {
      state,
      since: iso(since),
      cause,
      why,
      firm_uuid: tokens?.firmUuid ?? null,
      origin: tokens?.origin ?? null,
      scope: tokens?.scope ?? null,
      connected_at: iso(tokens?.connectedAt),
      token_expires_at: iso(tokens?.accessExpiresAt),
      refresh_expires_at: iso(tokens?.refreshExpiresAt),
      last_refresh_at: iso(tokens?.lastRefreshAt),
      refreshes: tokens?.refreshes ?? 0,
      counts: this.counters.all,
    };
  }

  async forget(): Promise<void> {
    this.grants.remove();
    this.storage.tokens = null;
    this.storage.unansweredRefresh = null;
    this.apply({ kind: "forgotten" });
    await this.ctx.storage.deleteAlarm();
  }

  async erase(): Promise<void> {
    await this.forget();
    this.storage.erase();
    this.counters.reset();
  }

  /** Refreshes ahead of time: an idle connection must not outlive its two-week refresh token. */
  override async alarm(): Promise<void> {
    if (!this.storage.tokens) return;
    await this.tokens.refresh();
    await this.planRefresh();
  }

  private async planRefresh(): Promise<void> {
    const tokens = this.storage.tokens;
    const { state } = this.storage.state;
    if (!tokens || !hasAccess(state)) return;
    const due = state === "refresh_failing" ? 0 : tokens.accessExpiresAt - REFRESH_AHEAD_MS;
    await this.ctx.storage.setAlarm(Math.max(due, this.clock() + RETRY_REFRESH_MS));
  }

  private apply(event: ConnectionEvent): void {
    const previous = this.storage.state;
    const next = nextState(previous, event, this.clock());
    if (next !== previous) this.storage.state = next;
  }
}

function iso(ms: number | null | undefined): string | null {
  return ms === null || ms === undefined ? null : new Date(ms).toISOString();
}
