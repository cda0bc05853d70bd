import type { ConnectionCause } from "../../domain/connection-state.ts";
import type { Failure } from "../../domain/failure.ts";
import type { Clock } from "../../platform/clock.ts";
import { errorName } from "../../platform/errors.ts";
import { log } from "../../platform/log.ts";
import { err, ok, type Result } from "../../platform/result.ts";
import type { Vault } from "../../platform/vault.ts";
import type { Counters } from "./counters.ts";
import { type Grant, type OAuthSettings, refreshGrant } from "./oauth.ts";
import type { ConnectionStorage, StoredTokens } from "./storage.ts";

const REFRESH_TOKEN_TTL_MS = 14 * 24 * 60 * 60 * 1000; // documented: two weeks, renewed with every refresh
export const REFRESH_AHEAD_MS = 2 * 60 * 60 * 1000; // refreshed while the access token still has two hours
const MIN_TOKEN_LIFE_MS = 60 * 1000; // a token that expires sooner is not handed out

/** How a refresh ended. */
export interface RefreshReport {
  outcome: Result<string, Failure>;
  /** Why it failed, if it did. */
  cause: ConnectionCause;
  /** Whether the access token from before still works, as far as is known. */
  accessLasts: boolean;
}

interface Parts {
  storage: ConnectionStorage;
  counters: Counters;
  settings: OAuthSettings;
  vault: Vault;
  /** Binds the sealed tokens to their org. */
  context: string;
  clock: Clock;
  /** Called once for every refresh. */
  onRefresh: (report: RefreshReport) => Promise<void>;
}

/** Keeps one connection's tokens sealed and valid; refreshes them by one call at a time. */
export class TokenRefresher {
  private refreshing: Promise<Result<string, Failure>> | null = null;
  private opened: { sealed: string; plain: string } | null = null;
  /** The sealed access token that MyCase answered 401 to. */
  private refusedAccess: string | null = null;
  private readonly parts: Parts;

  constructor(parts: Parts) {
    this.parts = parts;
  }

  /** An access token that is valid for at least another minute. */
  async current(): Promise<Result<string, Failure>> {
    const { tokens } = this.parts.storage;
    if (!tokens) return err({ kind: "not_connected", detail: "the org has no connection to MyCase" });
    if (tokens.accessExpiresAt - this.parts.clock() < MIN_TOKEN_LIFE_MS) return this.refresh();
    const access = await this.open(tokens.access);
    if (!access.ok) await this.parts.onRefresh(this.report(access));
    return access;
  }

  /** Refreshes unless the access token has changed since `refused` was handed out. */
  async replace(refused: string): Promise<Result<string, Failure>> {
    const { tokens } = this.parts.storage;
    if (!tokens) return err({ kind: "not_connected", detail: "the org has no connection to MyCase" });
    const access = await this.open(tokens.access);
    if (!access.ok || access.value !== refused) return access;
    this.refusedAccess = tokens.access;
    return this.refresh();
  }

  /** However many callers ask at once, one call is made and all get its outcome. */
  refresh(): Promise<Result<string, Failure>> {
    this.refreshing ??= this.callRefresh().finally(() => {
      this.refreshing = null;
    });
    return this.refreshing;
  }

  /** Takes a new grant's tokens in place of those there are. */
  adopt(grant: Grant, firm: { firmUuid: string; origin: string }): Promise<void> {
    return this.store(grant, null, firm);
  }

  private async callRefresh(): Promise<Result<string, Failure>> {
    const outcome = await this.tryRefresh();
    if (outcome === null) return this.current();
    this.parts.counters.add(outcome.ok ? "refreshes" : "refreshes_failed");
    await this.parts.onRefresh(this.report(outcome));
    return outcome;
  }

  private report(outcome: Result<string, Failure>): RefreshReport {
    const { storage, clock } = this.parts;
    const { access, accessExpiresAt } = storage.tokens ?? { access: null, accessExpiresAt: 0 };
    const accessLasts = accessExpiresAt - clock() >= MIN_TOKEN_LIFE_MS && access !== this.refusedAccess;
    return { outcome, cause: this.causeOf(outcome), accessLasts };
  }

  /** Null when the tokens were replaced or forgotten while the answer was in flight. */
  private async tryRefresh(): Promise<Result<string, Failure> | null> {
    const { storage, settings } = this.parts;
    const { tokens } = storage;
    if (!tokens) return null;
    const refreshToken = await this.open(tokens.refresh);
    if (!refreshToken.ok) return refreshToken;
    const wasUnanswered = storage.unansweredRefresh === tokens.refresh;
    storage.unansweredRefresh = tokens.refresh; // before it leaves: a deployment may end this object before the answer
    const grant = await refreshGrant(settings, refreshToken.value);
    if (storage.tokens?.refresh !== tokens.refresh) return null;
    if (grant.ok) {
      await this.store(grant.value, tokens, tokens);
      return ok(grant.value.access_token);
    }
    if (grant.failure.kind !== "unavailable" && !wasUnanswered) storage.unansweredRefresh = null;
    return grant;
  }

  private causeOf(outcome: Result<string, Failure>): ConnectionCause {
    const { tokens, unansweredRefresh } = this.parts.storage;
    if (!outcome.ok && outcome.failure.detail === KEY_MISSING) return "encryption_key_missing";
    if (!outcome.ok && outcome.failure.kind === "unavailable") return "token_endpoint_unavailable";
    if (tokens && tokens.refreshExpiresAt < this.parts.clock()) return "refresh_token_expired";
    if (tokens && tokens.refresh === unansweredRefresh) return "refresh_answer_lost";
    return "refresh_token_refused";
  }

  private async store(
    grant: Grant,
    previous: StoredTokens | null,
    firm: { firmUuid: string | null; origin: string | null },
  ): Promise<void> {
    const { storage, vault, context, clock } = this.parts;
    const now = clock();
    const [access, refresh] = await Promise.all([
      vault.seal(grant.access_token, context),
      vault.seal(grant.refresh_token, context),
    ]);
    storage.unansweredRefresh = null;
    storage.tokens = {
      access,
      refresh,
      accessExpiresAt: now + grant.expires_in * 1000,
      refreshExpiresAt: now + REFRESH_TOKEN_TTL_MS,
      scope: grant.scope ?? previous?.scope ?? null,
      firmUuid: firm.firmUuid,
      origin: firm.origin,
      connectedAt: previous?.connectedAt ?? now,
      lastRefreshAt: previous ? now : null,
      refreshes: previous ? previous.refreshes + 1 : 0,
    };
  }

  /** A missing encryption key may be configured again: the tokens are kept, and work waits. */
  private async open(sealed: string): Promise<Result<string, Failure>> {
    if (this.opened?.sealed === sealed) return ok(this.opened.plain);
    try {
      const plain = await this.parts.vault.open(sealed, this.parts.context);
      this.opened = { sealed, plain };
      return ok(plain);
    } catch (error) {
      log("error", "connection.sealed", { error: errorName(error) });
      return err({ kind: "unavailable", detail: KEY_MISSING, retry_after: null });
    }
  }
}

const KEY_MISSING = "the tokens are sealed with a key that is not among ENCRYPTION_KEY and ENCRYPTION_KEY_PREVIOUS";
