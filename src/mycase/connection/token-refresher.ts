import type { Failure } from "../../domain/failure.ts";
import { errorName } from "../../platform/errors.ts";
import { log } from "../../platform/log.ts";
import { err, ok, type Result } from "../../platform/result.ts";
import type { Vault } from "../../platform/vault.ts";
import type { Counters } from "./counters.ts";
import { exchangeCode, type Grant, type OAuthSettings, refreshGrant } from "./oauth.ts";
import type { ConnectionStorage, StoredTokens } from "./storage.ts";
import type { ConnectionCause } from "./types.ts";

const REFRESH_LIFE_MS = 14 * 24 * 60 * 60 * 1000; // documented: two weeks, renewed with every refresh
export const REFRESH_AHEAD_MS = 2 * 60 * 60 * 1000; // the token still has two hours to live when it is renewed
const TOO_LATE_MS = 60 * 1000; // a token with less than this left is not handed out

/** What a refresh came to, and why MyCase refused it, if it did. */
export type RefreshOutcome = (outcome: Result<string, Failure>, cause: ConnectionCause) => Promise<void>;

interface Parts {
  memory: ConnectionStorage;
  counters: Counters;
  settings: OAuthSettings;
  vault: Vault;
  /** Binds the sealed tokens to their org. */
  context: string;
  /** Told of every refresh, once. */
  refreshed: RefreshOutcome;
}

/** Keeps one connection's tokens sealed, valid, and refreshed by one call at a time. */
export class TokenRefresher {
  private refreshing: Promise<Result<string, Failure>> | null = null;
  private opened: { sealed: string; plain: string } | null = null;
  private readonly parts: Parts;

  constructor(parts: Parts) {
    this.parts = parts;
  }

  /** An access token that is good for another minute at least. */
  async current(): Promise<Result<string, Failure>> {
    const { tokens } = this.parts.memory;
    if (!tokens) return err({ kind: "not_connected", detail: "the org has no connection to MyCase" });
    if (tokens.accessExpiresAt - Date.now() < TOO_LATE_MS) return this.refresh();
    const access = await this.open(tokens.access);
    if (!access.ok) await this.parts.refreshed(access, this.causeOf(access));
    return access;
  }

  /** Refreshes unless the token has changed since `refused` was handed out. */
  async replace(refused: string): Promise<Result<string, Failure>> {
    const { tokens } = this.parts.memory;
    if (!tokens) return err({ kind: "not_connected", detail: "the org has no connection to MyCase" });
    const access = await this.open(tokens.access);
    return access.ok && access.value === refused ? this.refresh() : access;
  }

  /** However many ask at once, one call is made and all get its outcome. */
  refresh(): Promise<Result<string, Failure>> {
    this.refreshing ??= this.callRefresh().finally(() => {
      this.refreshing = null;
    });
    return this.refreshing;
  }

  async exchange(code: string, redirectUri: string): Promise<Result<null, Failure>> {
    const grant = await exchangeCode(this.parts.settings, { code, redirectUri });
    if (!grant.ok) return grant;
    await this.store(grant.value, null);
    return ok(null);
  }

  private async callRefresh(): Promise<Result<string, Failure>> {
    const outcome = await this.tryRefresh();
    if (outcome === null) return this.current();
    this.parts.counters.add(outcome.ok ? "refreshes" : "refreshes_failed");
    await this.parts.refreshed(outcome, this.causeOf(outcome));
    return outcome;
  }

  /** Null when the connection was made anew, or forgotten, while the answer was on its way. */
  private async tryRefresh(): Promise<Result<string, Failure> | null> {
    const { memory, settings } = this.parts;
    const { tokens } = memory;
    if (!tokens) return null;
    const refreshToken = await this.open(tokens.refresh);
    if (!refreshToken.ok) return refreshToken;
    const grant = await refreshGrant(settings, refreshToken.value);
    if (memory.tokens?.refresh !== tokens.refresh) return null;
    if (grant.ok) {
      await this.store(grant.value, tokens);
      return ok(grant.value.access_token);
    }
    if (grant.failure.kind === "unavailable") memory.unansweredRefresh = tokens.refresh;
    return grant;
  }

  private causeOf(outcome: Result<string, Failure>): ConnectionCause {
    const { tokens, unansweredRefresh: unanswered } = this.parts.memory;
    if (!outcome.ok && outcome.failure.detail === KEY_MISSING) return "encryption_key_missing";
    if (!outcome.ok && outcome.failure.kind === "unavailable") return "token_endpoint_unavailable";
    if (tokens && tokens.refreshExpiresAt < Date.now()) return "refresh_token_expired";
    if (tokens && tokens.refresh === unanswered) return "refresh_answer_lost";
    return "refresh_token_refused";
  }

  private async store(grant: Grant, before: StoredTokens | null): Promise<void> {
    const { memory, vault, context } = this.parts;
    const now = Date.now();
    const [access, refresh] = await Promise.all([
      vault.seal(grant.access_token, context),
      vault.seal(grant.refresh_token, context),
    ]);
    memory.unansweredRefresh = null;
    memory.tokens = {
      access,
      refresh,
      accessExpiresAt: now + grant.expires_in * 1000,
      refreshExpiresAt: now + REFRESH_LIFE_MS,
      scope: grant.scope ?? before?.scope ?? null,
      firmUuid: grant.firm_uuid ?? before?.firmUuid ?? null,
      connectedAt: before?.connectedAt ?? now,
      lastRefreshAt: before ? now : null,
      refreshes: before ? before.refreshes + 1 : 0,
    };
  }

  /** A key that is not configured may be configured again: the tokens are kept, and work waits. */
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
