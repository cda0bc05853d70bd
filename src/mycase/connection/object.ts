import { DurableObject } from "cloudflare:workers";
import { describeProblems, readConfig } from "../../config.ts";
import { accessFailure, hasAccess } from "../../domain/connection-state.ts";
import type { Failure } from "../../domain/failure.ts";
import type { Env } from "../../env.ts";
import { systemClock } from "../../platform/clock.ts";
import { log } from "../../platform/log.ts";
import { err, ok, type Result } from "../../platform/result.ts";
import { assessCaseCount } from "./case-count.ts";
import { type FirmAnswer, fetchFirm } from "./firm.ts";
import { OFFER_REFUSED } from "./grants.ts";
import { type ConnectionParts, createParts } from "./parts.ts";
import { type ConnectionEvent, nextState } from "./state.ts";
import { ConnectionStorage } from "./storage.ts";
import { REFRESH_AHEAD_MS, type RefreshReport } from "./token-refresher.ts";
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
  private readonly made: Result<ConnectionParts, string>;
  private alarmChecked = false;
  private throttles = 0;
  private subscriptionsLockedUntil = 0;

  /** Never throws: an alarm whose object cannot be made is given up after six retries, and nothing plans it again. */
  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    this.storage = new ConnectionStorage(ctx.storage);
    const { storage, clock } = this;
    const onRefresh = (report: RefreshReport) => this.refreshed(report);
    const config = readConfig(env);
    this.made = config.ok
      ? ok(createParts(config.value, { id: ctx.id, env, storage, clock, onRefresh }))
      : err(describeProblems(config.failure));
  }

  private get parts(): ConnectionParts {
    if (!this.made.ok) throw new Error(this.made.failure);
    return this.made.value;
  }

  async permit(lane: Lane): Promise<Result<Permit & { observe: boolean }, Failure>> {
    const missing = accessFailure(this.storage.state);
    if (missing) return err(missing);
    const limited = await this.keepPace(lane);
    if (limited) return err(limited);
    const token = await this.parts.tokens.current();
    if (!token.ok) return token;
    this.parts.counters.add("requests");
    await this.restoreAlarm();
    return ok({
      token: token.value,
      ticket: this.storage.drawTicket(),
      observe: this.storage.state.state !== "connected" || this.throttles > 0,
    });
  }

  async reportUnauthorized(token: string): Promise<Result<null, Failure>> {
    this.parts.counters.add("unauthorized");
    const replaced = await this.parts.tokens.replace(token);
    return replaced.ok ? ok(null) : replaced;
  }

  async reportOutcome(outcome: RequestOutcome): Promise<void> {
    const { counters, rateLimiter, overall } = this.parts;
    if (outcome.kind === "throttled") {
      counters.add("throttled");
      const pauseS = outcome.retry_after ?? Math.min(2 ** this.throttles, 30) * (0.75 + Math.random() / 2);
      this.throttles += 1;
      rateLimiter.pause(pauseS);
      return overall?.pause(pauseS);
    }
    if (outcome.kind === "answered") this.throttles = 0;
    else counters.add(outcome.kind);
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

  async settleCaseCount(visible: number | null): Promise<void> {
    if (visible !== null) this.storage.acceptedCases = visible;
    this.apply({ kind: "case_count_accepted" });
  }

  authorize(request: GrantRequest): Promise<{ authorize_url: string }> {
    return this.parts.grants.authorize(request);
  }

  redeem(callback: { code: string; nonce: string; browser: string | null }): Promise<Result<Redeemed, Failure>> {
    return this.parts.grants.redeem(callback);
  }

  async inspect(sealed: string): Promise<OfferTerms | null> {
    const offer = await this.parts.grants.open(sealed);
    if (!offer) return null;
    return { firmUuid: offer.grant.firm_uuid, origin: offer.origin, replaceFirm: offer.replaceFirm };
  }

  async firmOf(sealed: string): Promise<FirmAnswer | null> {
    const offer = await this.parts.grants.open(sealed);
    if (!offer || (await this.keepPace("live")) !== null) return null;
    this.parts.counters.add("requests");
    return fetchFirm(this.parts.apiUrl, offer.grant.access_token);
  }

  async accept(sealed: string, firmUuid: string): Promise<Result<null, Failure>> {
    const offer = await this.parts.grants.open(sealed);
    if (!offer) return err(OFFER_REFUSED);
    this.storage.openOffer = null;
    const { removals } = this.parts.grants;
    await this.parts.tokens.adopt(offer.grant, { firmUuid, origin: offer.origin });
    if (this.parts.grants.removals !== removals) {
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
      counts: this.parts.counters.all,
    };
  }

  async forget(): Promise<void> {
    this.parts.grants.remove();
    this.storage.tokens = null;
    this.storage.unansweredRefresh = null;
    this.apply({ kind: "forgotten" });
    await this.ctx.storage.deleteAlarm();
  }

  async erase(): Promise<void> {
    await this.forget();
    this.storage.erase();
    this.parts.counters.reset();
  }

  /** Refreshes ahead of time: an idle connection must not outlive its two-week refresh token. */
  override async alarm(): Promise<void> {
    if (!this.storage.tokens) return;
    await this.ctx.storage.setAlarm(this.clock() + RETRY_REFRESH_MS); // whatever becomes of this one, another follows
    if (this.made.ok) await this.parts.tokens.refresh();
    else log("error", "connection.configuration", { problems: this.made.failure });
  }

  private async refreshed({ outcome, cause, accessLasts }: RefreshReport): Promise<void> {
    if (outcome.ok) this.apply({ kind: "refreshed" });
    else this.apply({ kind: "refresh_failed", failure: outcome.failure, cause, accessLasts });
    await this.planRefresh();
  }

  private async planRefresh(): Promise<void> {
    const tokens = this.storage.tokens;
    const { state } = this.storage.state;
    if (!tokens || !hasAccess(state)) return this.ctx.storage.deleteAlarm();
    const due = state === "refresh_failing" ? 0 : tokens.accessExpiresAt - REFRESH_AHEAD_MS;
    await this.ctx.storage.setAlarm(Math.max(due, this.clock() + RETRY_REFRESH_MS));
  }

  /** Plans the next refresh if an earlier version of this product, or a fault, has left none. */
  private async restoreAlarm(): Promise<void> {
    if (this.alarmChecked) return;
    this.alarmChecked = true;
    if ((await this.ctx.storage.getAlarm()) === null) await this.planRefresh();
  }

  /** Waits for the org's pace and for that of all orgs; gives why not when too much waits already. */
  private async keepPace(lane: Lane): Promise<Failure | null> {
    const { rateLimiter, overall } = this.parts;
    const retryAfter = await rateLimiter.acquire(lane);
    if (retryAfter !== null) {
      return { kind: "rate_limited", detail: "Too much work waits for MyCase", retry_after: retryAfter };
    }
    return overall === null ? null : overall.acquire(lane);
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
