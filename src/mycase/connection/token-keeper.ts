import type { Failure } from "../../domain/failure.ts";
import { fail, ok, type Result } from "../../platform/result.ts";
import type { Vault } from "../../platform/vault.ts";
import type { Counters } from "./counters.ts";
import type { ConnectionMemory, StoredTokens } from "./memory.ts";
import { exchangeCode, type Grant, type OAuthSettings, refreshGrant } from "./oauth.ts";
import type { ConnectionCause } from "./types.ts";

const REFRESH_LIFE_MS = 14 * 24 * 60 * 60 * 1000; // documented: two weeks, renewed with every refresh
export const REFRESH_AHEAD_MS = 2 * 60 * 60 * 1000; // the token still has two hours to live when it is renewed
const TOO_LATE_MS = 60 * 1000; // a token with less than this left is not handed out

/** Keeps one connection's tokens sealed, valid, and refreshed by one call at a time. */
export class TokenKeeper {
  private refreshing: Promise<Result<string, Failure>> | null = null;
  private opened: { sealed: string; plain: string } | null = null;
  private readonly memory: ConnectionMemory;
  private readonly counters: Counters;
  private readonly settings: OAuthSettings;
  private readonly vault: Vault;
  private readonly context: string;

  /** `context` binds the sealed tokens to their org. */
  constructor(memory: ConnectionMemory, counters: Counters, settings: OAuthSettings, vault: Vault, context: string) {
    this.memory = memory;
    this.counters = counters;
    this.settings = settings;
    this.vault = vault;
    this.context = context;
  }

  /** An access token that is good for another minute at least. */
  async current(): Promise<Result<string, Failure>> {
    const tokens = this.memory.tokens;
    if (!tokens) return fail({ kind: "not_connected", detail: "the org has no connection to MyCase" });
    if (tokens.accessExpiresAt - Date.now() < TOO_LATE_MS) return this.refresh();
    return ok(await this.open(tokens.access));
  }

  /** Refreshes unless the token has changed since `refused` was handed out. */
  async replace(refused: string): Promise<Result<string, Failure>> {
    const tokens = this.memory.tokens;
    if (!tokens) return fail({ kind: "not_connected", detail: "the org has no connection to MyCase" });
    const access = await this.open(tokens.access);
    return access === refused ? this.refresh() : ok(access);
  }

  /** However many ask at once, one call is made and all get its outcome. */
  refresh(): Promise<Result<string, Failure>> {
    this.refreshing ??= this.callRefresh().finally(() => {
      this.refreshing = null;
    });
    return this.refreshing;
  }

  async exchange(code: string, redirectUri: string): Promise<Result<null, Failure>> {
    const grant = await exchangeCode(this.settings, { code, redirectUri });
    if (!grant.ok) return grant;
    await this.store(grant.value, null);
    return ok(null);
  }

  /** Why MyCase would refuse the refresh token that is here. */
  whyRefused(): ConnectionCause {
    const tokens = this.memory.tokens;
    if (tokens && tokens.refreshExpiresAt < Date.now()) return "refresh_token_expired";
    if (tokens && tokens.refresh === this.memory.unanswered) return "refresh_answer_lost";
    return "refresh_token_refused";
  }

  private async callRefresh(): Promise<Result<string, Failure>> {
    const tokens = this.memory.tokens;
    if (!tokens) return fail({ kind: "not_connected", detail: "the org has no connection to MyCase" });
    const grant = await refreshGrant(this.settings, await this.vault.open(tokens.refresh, this.context));
    // The connection may have been made anew, or forgotten, while the answer was on its way.
    if (this.memory.tokens?.refresh !== tokens.refresh) return this.current();
    this.counters.add(grant.ok ? "refreshes" : "refreshes_failed");
    if (!grant.ok) {
      if (grant.failure.kind === "unavailable") this.memory.unanswered = tokens.refresh;
      return grant;
    }
    await this.store(grant.value, tokens);
    return ok(grant.value.access_token);
  }

  private async store(grant: Grant, before: StoredTokens | null): Promise<void> {
    const now = Date.now();
    const [access, refresh] = await Promise.all([
      this.vault.seal(grant.access_token, this.context),
      this.vault.seal(grant.refresh_token, this.context),
    ]);
    this.memory.unanswered = null;
    this.memory.tokens = {
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

  private async open(sealed: string): Promise<string> {
    if (this.opened?.sealed !== sealed) this.opened = { sealed, plain: await this.vault.open(sealed, this.context) };
    return this.opened.plain;
  }
}
