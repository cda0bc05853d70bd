import { DurableObject } from "cloudflare:workers";
import { describeProblems, readConfig } from "../../config.ts";
import type { Failure } from "../../domain/failure.ts";
import type { Env } from "../../env.ts";
import { err, ok, type Result } from "../../platform/result.ts";
import { hashSecret, randomSecret, sameSecret } from "../../platform/secret.ts";
import { createVault } from "../../platform/vault.ts";
import { Counters } from "./counters.ts";
import { authorizeUrl, type OAuthSettings } from "./oauth.ts";
import { RateLimiter } from "./rate-limiter.ts";
import { ConnectionStateMachine } from "./state.ts";
import { ConnectionStorage } from "./storage.ts";
import { REFRESH_AHEAD_MS, TokenRefresher } from "./token-refresher.ts";
import type { Connection, ConnectionStatus, Lane, Permit, RequestOutcome } from "./types.ts";

const GRANT_TTL_MS = 10 * 60 * 1000;
const RETRY_REFRESH_MS = 5 * 60 * 1000;

/** One org's connection to MyCase: the only place that holds its tokens, sets its pace and numbers its reads. */
export class MyCaseConnection extends DurableObject<Env> implements Connection {
  private readonly memory: ConnectionStorage;
  private readonly standing: ConnectionStateMachine;
  private readonly counters: Counters;
  private readonly settings: OAuthSettings;
  private readonly tokens: TokenRefresher;
  private readonly pacer: RateLimiter;
  private throttles = 0;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    const config = readConfig(env);
    if (!config.ok) throw new Error(describeProblems(config.failure));
    this.memory = new ConnectionStorage(ctx.storage);
    this.standing = new ConnectionStateMachine(this.memory);
    this.counters = new Counters(this.memory);
    this.settings = {
      authUrl: config.value.mycaseAuthUrl,
      clientId: config.value.mycaseClientId,
      clientSecret: config.value.mycaseClientSecret,
    };
    this.tokens = new TokenRefresher({
      memory: this.memory,
      counters: this.counters,
      settings: this.settings,
      vault: createVault(config.value.encryptionKey, config.value.previousEncryptionKeys),
      context: `tokens:${ctx.id}`,
      refreshed: async (outcome, cause) => {
        this.standing.refreshed(outcome, cause);
        if (!outcome.ok) await this.planRefresh();
      },
    });
    this.pacer = new RateLimiter(config.value.mycaseRequestsPerSecond, () => Date.now());
  }

  async permit(lane: Lane): Promise<Result<Permit & { observe: boolean }, Failure>> {
    const known = this.standing.now;
    if (!known || known.state === "not_connected") {
      return err({ kind: "not_connected", detail: "the org has no connection to MyCase" });
    }
    if (known.state === "reauthorization_required") {
      return err({ kind: "reauthorization_required", detail: known.why ?? "MyCase refuses the connection" });
    }
    const retryAfter = await this.pacer.acquire(lane);
    if (retryAfter !== null) {
      return err({ kind: "rate_limited", detail: "too much work waits for MyCase", retry_after: retryAfter });
    }
    const token = await this.tokens.current();
    if (!token.ok) return token;
    this.counters.add("requests");
    return ok({
      token: token.value,
      ticket: this.memory.drawTicket(),
      observe: this.standing.now?.state !== "connected" || this.throttles > 0,
    });
  }

  async reportUnauthorized(token: string): Promise<Result<null, Failure>> {
    this.counters.add("unauthorized");
    const replaced = await this.tokens.replace(token);
    return replaced.ok ? ok(null) : replaced;
  }

  async reportOutcome(observation: RequestOutcome): Promise<void> {
    if (observation.kind === "throttled") {
      this.counters.add("throttled");
      this.pacer.pause(observation.retry_after ?? Math.min(2 ** this.throttles, 30) * (0.75 + Math.random() / 2));
      this.throttles += 1;
      return;
    }
    if (observation.kind === "answered") this.throttles = 0;
    else this.counters.add(observation.kind);
    this.standing.observed(observation);
  }

  async acceptCaseCount(visible: number, here?: number): Promise<boolean> {
    return this.standing.believes(visible, here ?? null);
  }

  async authorize(
    redirectUri: string,
    orgId: string,
    browser: string | null = null,
  ): Promise<{ authorize_url: string }> {
    const nonce = randomSecret();
    this.memory.pending = {
      nonceHash: await hashSecret(nonce),
      browserHash: browser === null ? null : await hashSecret(browser),
      redirectUri,
      expiresAt: Date.now() + GRANT_TTL_MS,
    };
    return { authorize_url: authorizeUrl(this.settings, redirectUri, `${orgId}.${nonce}`) };
  }

  async finish(callback: {
    code: string;
    nonce: string;
    browser: string | null;
  }): Promise<Result<{ origin: string }, Failure>> {
    const pending = this.memory.pending;
    const offered = await hashSecret(callback.nonce);
    const browser = await hashSecret(callback.browser ?? "");
    const own = pending?.browserHash === null || (await sameSecret(pending?.browserHash ?? "", browser));
    if (!pending || !own || pending.expiresAt < Date.now() || !(await sameSecret(pending.nonceHash, offered))) {
      return err({ kind: "refused", status: 400, detail: "this state is unknown, used or expired" });
    }
    this.memory.pending = null;
    const exchanged = await this.tokens.exchange(callback.code, pending.redirectUri);
    if (!exchanged.ok) return exchanged;
    this.standing.granted();
    await this.planRefresh();
    return ok({ origin: new URL(pending.redirectUri).origin });
  }

  async status(): Promise<ConnectionStatus> {
    const tokens = this.memory.tokens;
    const state = this.standing.now;
    return {
      state: state?.state ?? "not_connected",
      since: iso(state?.since),
      cause: state?.cause ?? null,
      why: state?.why ?? null,
      firm_uuid: tokens?.firmUuid ?? null,
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
    this.memory.tokens = null;
    this.memory.pending = null;
    this.memory.unansweredRefresh = null;
    this.standing.forgotten();
    await this.ctx.storage.deleteAlarm();
  }

  async erase(): Promise<void> {
    await this.forget();
    this.memory.erase();
    this.counters.reset();
  }

  /** Refreshes ahead of time, whether or not anything else happens: an idle connection must not die of its two weeks. */
  override async alarm(): Promise<void> {
    if (!this.memory.tokens) return;
    await this.tokens.refresh();
    await this.planRefresh();
  }

  private async planRefresh(): Promise<void> {
    const tokens = this.memory.tokens;
    if (!tokens || this.standing.now?.state === "reauthorization_required") return;
    const due = this.standing.now?.state === "refresh_failing" ? 0 : tokens.accessExpiresAt - REFRESH_AHEAD_MS;
    const ahead = Math.max(due, Date.now() + RETRY_REFRESH_MS);
    await this.ctx.storage.setAlarm(ahead);
  }
}

function iso(ms: number | null | undefined): string | null {
  return ms === null || ms === undefined ? null : new Date(ms).toISOString();
}
