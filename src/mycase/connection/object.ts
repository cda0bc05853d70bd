import { DurableObject } from "cloudflare:workers";
import { describeProblems, type Env, readConfig } from "../../config.ts";
import type { Failure } from "../../domain/failure.ts";
import { fail, ok, type Result } from "../../platform/result.ts";
import { hashSecret, randomSecret, sameSecret } from "../../platform/secret.ts";
import { createVault } from "../../platform/vault.ts";
import { ConnectionMemory } from "./memory.ts";
import { authorizeUrl, type OAuthSettings } from "./oauth.ts";
import { Pacer } from "./pacer.ts";
import { REFRESH_AHEAD_MS, TokenKeeper } from "./token-keeper.ts";
import type { Connection, ConnectionState, ConnectionStatus, Lane, Observation, Permit } from "./types.ts";

const GRANT_LIFE_MS = 10 * 60 * 1000;
const RETRY_REFRESH_MS = 5 * 60 * 1000;

/** One org's connection to MyCase: the only place that holds its tokens, sets its pace and numbers its reads. */
export class MyCaseConnection extends DurableObject<Env> implements Connection {
  private readonly memory: ConnectionMemory;
  private readonly settings: OAuthSettings;
  private readonly tokens: TokenKeeper;
  private readonly pacer: Pacer;
  private throttles = 0;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    const config = readConfig(env);
    if (!config.ok) throw new Error(describeProblems(config.failure));
    this.memory = new ConnectionMemory(ctx.storage);
    this.settings = {
      authUrl: config.value.mycaseAuthUrl,
      clientId: config.value.mycaseClientId,
      clientSecret: config.value.mycaseClientSecret,
    };
    this.tokens = new TokenKeeper(
      this.memory,
      this.settings,
      createVault(config.value.encryptionKey),
      `tokens:${ctx.id}`,
    );
    this.pacer = new Pacer(config.value.mycaseRequestsPerSecond, () => Date.now());
  }

  async permit(lane: Lane): Promise<Result<Permit & { observe: boolean }, Failure>> {
    const known = this.memory.state;
    if (!known || known.state === "not_connected") {
      return fail({ kind: "not_connected", detail: "the org has no connection to MyCase" });
    }
    if (known.state === "reauthorization_required") {
      return fail({ kind: "reauthorization_required", detail: known.why ?? "MyCase refuses the connection" });
    }
    const retryAfter = await this.pacer.turn(lane);
    if (retryAfter !== null) {
      return fail({ kind: "rate_limited", detail: "too much work waits for MyCase", retry_after: retryAfter });
    }
    const token = await this.judge(await this.tokens.current());
    if (!token.ok) return token;
    return ok({
      token: token.value,
      ticket: this.memory.drawTicket(),
      observe: this.memory.state?.state !== "connected",
    });
  }

  async refused(token: string): Promise<Result<null, Failure>> {
    const replaced = await this.judge(await this.tokens.replace(token));
    return replaced.ok ? ok(null) : replaced;
  }

  async observed(observation: Observation): Promise<void> {
    switch (observation.kind) {
      case "answered":
        this.throttles = 0;
        if (this.healedBy(observation)) this.enter("connected", null);
        return;
      case "throttled":
        this.pacer.pause(observation.retry_after ?? Math.min(2 ** this.throttles, 30) * (0.75 + Math.random() / 2));
        this.throttles += 1;
        return;
      case "forbidden":
        this.enter(
          "permission_lost",
          "MyCase answers 403: the user who granted access may no longer see what is asked for",
        );
        return;
      case "unavailable":
        this.enter("mycase_unavailable", observation.detail);
        return;
    }
  }

  async authorize(redirectUri: string, orgId: string): Promise<{ authorize_url: string }> {
    const nonce = randomSecret();
    this.memory.pending = { nonceHash: await hashSecret(nonce), redirectUri, expiresAt: Date.now() + GRANT_LIFE_MS };
    return { authorize_url: authorizeUrl(this.settings, redirectUri, `${orgId}.${nonce}`) };
  }

  async finish(callback: { code: string; nonce: string }): Promise<Result<{ origin: string }, Failure>> {
    const pending = this.memory.pending;
    const offered = await hashSecret(callback.nonce);
    if (!pending || pending.expiresAt < Date.now() || !(await sameSecret(pending.nonceHash, offered))) {
      return fail({ kind: "refused", status: 400, detail: "this state is unknown, used or expired" });
    }
    this.memory.pending = null;
    const exchanged = await this.tokens.exchange(callback.code, pending.redirectUri);
    if (!exchanged.ok) return exchanged;
    this.enter("connected", null);
    await this.planRefresh();
    return ok({ origin: new URL(pending.redirectUri).origin });
  }

  async status(): Promise<ConnectionStatus> {
    const tokens = this.memory.tokens;
    const state = this.memory.state;
    return {
      state: state?.state ?? "not_connected",
      since: iso(state?.since),
      why: state?.why ?? null,
      firm_uuid: tokens?.firmUuid ?? null,
      scope: tokens?.scope ?? null,
      connected_at: iso(tokens?.connectedAt),
      token_expires_at: iso(tokens?.accessExpiresAt),
      refresh_expires_at: iso(tokens?.refreshExpiresAt),
      last_refresh_at: iso(tokens?.lastRefreshAt),
      refreshes: tokens?.refreshes ?? 0,
    };
  }

  async forget(): Promise<void> {
    this.memory.tokens = null;
    this.memory.pending = null;
    this.enter("not_connected", null);
    await this.ctx.storage.deleteAlarm();
  }

  /** Refreshes ahead of time, whether or not anything else happens: an idle connection must not die of its two weeks. */
  override async alarm(): Promise<void> {
    if (!this.memory.tokens) return;
    await this.judge(await this.tokens.refresh());
    await this.planRefresh();
  }

  /** What a token call's outcome says about the connection. */
  private async judge(outcome: Result<string, Failure>): Promise<Result<string, Failure>> {
    if (outcome.ok) {
      if (this.memory.state?.state === "refresh_failing") this.enter("connected", null);
      return outcome;
    }
    if (outcome.failure.kind === "reauthorization_required")
      this.enter("reauthorization_required", outcome.failure.detail);
    if (outcome.failure.kind === "unavailable") {
      this.enter("refresh_failing", outcome.failure.detail);
      await this.ctx.storage.setAlarm(Date.now() + RETRY_REFRESH_MS);
    }
    return outcome;
  }

  /** A plain answer ends an outage; only a listing that is answered again shows that the permission is back. */
  private healedBy(observation: { listing: boolean }): boolean {
    const state = this.memory.state?.state;
    return state === "mycase_unavailable" || (state === "permission_lost" && observation.listing);
  }

  private async planRefresh(): Promise<void> {
    const tokens = this.memory.tokens;
    if (!tokens || this.memory.state?.state === "reauthorization_required") return;
    const ahead = Math.max(tokens.accessExpiresAt - REFRESH_AHEAD_MS, Date.now() + RETRY_REFRESH_MS);
    await this.ctx.storage.setAlarm(ahead);
  }

  private enter(state: ConnectionState, why: string | null): void {
    const now = this.memory.state;
    if (now?.state === state && now.why === why) return;
    this.memory.state = { state, since: now?.state === state ? now.since : Date.now(), why };
  }
}

function iso(ms: number | null | undefined): string | null {
  return ms === null || ms === undefined ? null : new Date(ms).toISOString();
}
