import { type Context, Hono } from "hono";
import type { Faults } from "../faults.ts";
import type { Tokens } from "./tokens.ts";

export interface OAuthOptions {
  clientId: string;
  clientSecret: string;
}

/** `GET /login_sessions/new` and `POST /tokens` of `auth.mycase.com`. The user always agrees. */
export function oauthRoutes(options: OAuthOptions, tokens: Tokens, faults: Faults): Hono {
  const app = new Hono();

  app.get("/login_sessions/new", (c) => {
    const { client_id, redirect_uri, response_type, state } = c.req.query();
    if (client_id !== options.clientId || !redirect_uri || response_type !== "code" || !URL.canParse(redirect_uri)) {
      return c.text("This application is not known, or asks in the wrong way.", 400);
    }
    const back = new URL(redirect_uri);
    back.searchParams.set("code", tokens.issueCode(redirect_uri));
    if (state !== undefined) back.searchParams.set("state", state);
    return c.redirect(back.toString(), 302);
  });

  app.post("/tokens", async (c) => {
    const body = await readBody(c);
    if (body.client_id !== options.clientId || body.client_secret !== options.clientSecret) {
      return c.json({ error: "invalid_client" }, 401);
    }
    if (body.grant_type === "authorization_code") return exchange(c, tokens, body);
    if (body.grant_type === "refresh_token") return refresh(c, tokens, faults, body);
    return c.json({ error: "unsupported_grant_type" }, 400);
  });

  return app;
}

type Fields = Record<string, string | undefined>;

/** Integrators send JSON and forms; both are taken. */
async function readBody(c: Context): Promise<Fields> {
  const form = c.req.header("content-type")?.includes("form") ?? false;
  const text = await c.req.text();
  if (form) return Object.fromEntries(new URLSearchParams(text));
  try {
    return JSON.parse(text) as Fields;
  } catch (error) {
    if (error instanceof SyntaxError) return {};
    throw error;
  }
}

function exchange(c: Context, tokens: Tokens, body: Fields) {
  if (!tokens.spendCode(body.code ?? "", body.redirect_uri ?? "")) return c.json({ error: "invalid_grant" }, 400);
  return c.json({ ...grant(tokens), firm_uuid: tokens.state.firmUuid });
}

function refresh(c: Context, tokens: Tokens, faults: Faults, body: Fields) {
  tokens.refreshCalls += 1;
  if (!tokens.isCurrentRefresh(body.refresh_token ?? "")) return c.json({ error: "invalid_grant" }, 400);
  const granted = grant(tokens);
  if (faults.loseRefreshAnswers > 0) {
    faults.loseRefreshAnswers -= 1;
    return c.text("bad gateway", 502);
  }
  return c.json(granted);
}

function grant(tokens: Tokens) {
  return { ...tokens.issue(), token_type: "Bearer", scope: "read write", expires_in: tokens.accessLifeSeconds };
}
