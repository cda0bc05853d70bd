import * as oauth from "oauth4webapi";
import type { Failure } from "../../domain/failure.ts";
import { errorName } from "../../platform/errors.ts";
import { err, ok, type Result } from "../../platform/result.ts";
import { accessLifetimeS, withUsableLifetime } from "./token-lifetime.ts";

export interface OAuthSettings {
  authUrl: string;
  clientId: string;
  clientSecret: string;
}

/** What MyCase's token endpoint gave. Lives in seconds. */
export interface Grant {
  access_token: string;
  refresh_token: string;
  expires_in: number;
  scope: string | null;
  /** Only with the first grant. */
  firm_uuid: string | null;
}

/** The address at which a user of MyCase grants access. */
export function authorizeUrl(settings: OAuthSettings, redirectUri: string, state: string): string {
  const url = new URL(`${settings.authUrl}/login_sessions/new`);
  url.search = new URLSearchParams({
    client_id: settings.clientId,
    redirect_uri: redirectUri,
    response_type: "code",
    state,
  }).toString();
  return url.toString();
}

/** Trades a code for tokens. `state` has been checked by the caller, once and for all. */
export async function exchangeCode(
  settings: OAuthSettings,
  grant: { code: string; redirectUri: string },
): Promise<Result<Grant, Failure>> {
  const { server, client, auth } = parties(settings);
  return tokenCall(async () => {
    const callback = oauth.validateAuthResponse(
      server,
      client,
      new URLSearchParams({ code: grant.code }),
      oauth.expectNoState,
    );
    const response = await oauth.authorizationCodeGrantRequest(
      server,
      client,
      auth,
      callback,
      grant.redirectUri,
      oauth.nopkce, // not documented by MyCase
      callOptions(),
    );
    return oauth.processAuthorizationCodeResponse(server, client, response);
  });
}

/** Trades a refresh token for new ones; the old one is spent whatever becomes of the answer. */
export async function refreshGrant(settings: OAuthSettings, refreshToken: string): Promise<Result<Grant, Failure>> {
  const { server, client, auth } = parties(settings);
  return tokenCall(async () => {
    const response = await oauth.refreshTokenGrantRequest(server, client, auth, refreshToken, callOptions());
    return oauth.processRefreshTokenResponse(server, client, response);
  }, refreshToken);
}

function parties(settings: OAuthSettings) {
  const server: oauth.AuthorizationServer = {
    issuer: settings.authUrl,
    token_endpoint: `${settings.authUrl}/tokens`,
  };
  return { server, client: { client_id: settings.clientId }, auth: oauth.ClientSecretPost(settings.clientSecret) };
}

const TIMEOUT_MS = 30_000;

function callOptions() {
  return {
    [oauth.customFetch]: sendJson,
    [oauth.allowInsecureRequests]: true, // the simulator is plain http; the real address is https by default
    signal: () => AbortSignal.timeout(TIMEOUT_MS),
  };
}

/** MyCase documents the token call with a JSON body; the library writes a form. */
async function sendJson(url: string, options: oauth.CustomFetchOptions<"POST", URLSearchParams>): Promise<Response> {
  const response = await fetch(url, {
    method: options.method,
    headers: { ...options.headers, "content-type": "application/json" },
    body: JSON.stringify(Object.fromEntries(options.body)),
    redirect: "manual",
    ...(options.signal ? { signal: options.signal } : {}),
  });
  return withUsableLifetime(response);
}

async function tokenCall(
  call: () => Promise<oauth.TokenEndpointResponse>,
  currentRefreshToken: string | null = null,
): Promise<Result<Grant, Failure>> {
  try {
    const answer = await call();
    const refreshToken = answer.refresh_token ?? currentRefreshToken;
    if (!refreshToken) return err({ kind: "malformed", detail: "the token answer has no refresh_token" });
    return ok({
      access_token: answer.access_token,
      refresh_token: refreshToken,
      expires_in: accessLifetimeS(answer.expires_in),
      scope: answer.scope ?? null,
      firm_uuid: typeof answer.firm_uuid === "string" ? answer.firm_uuid : null,
    });
  } catch (error) {
    return err(failureOf(error));
  }
}

function failureOf(error: unknown): Failure {
  if (error instanceof oauth.ResponseBodyError) {
    const detail = `the token endpoint answered ${error.status} ${error.error}`;
    if (error.status >= 500) return { kind: "unavailable", detail, retry_after: null };
    return { kind: "reauthorization_required", detail };
  }
  const status = statusOf(error);
  if (status === 400 || status === 401) {
    return { kind: "reauthorization_required", detail: `the token endpoint answered ${status}` };
  }
  if (status !== null) {
    return {
      kind: "unavailable",
      detail: `the token endpoint answered ${status} with nothing usable`,
      retry_after: null,
    };
  }
  return {
    kind: "unavailable",
    detail: `the token endpoint could not be reached (${errorName(error)})`,
    retry_after: null,
  };
}

/** The status of an answer that the library could not use; null when there was none. */
function statusOf(error: unknown): number | null {
  if (error instanceof oauth.WWWAuthenticateChallengeError) return error.status;
  if (!(error instanceof oauth.OperationProcessingError)) return null;
  return error.cause instanceof Response ? error.cause.status : 200;
}
