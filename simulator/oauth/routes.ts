import { type Context, Hono } from "hono";
import type { Faults } from "../faults.ts";
import { consentPage } from "./consent-page.ts";
import type { Tokens } from "./tokens.ts";

export interface OAuthOptions {
  clientId: string;
  clientSecret: string;
  /** The addresses that MyCase's support has entered for the application. */
  redirectUris: string[] | "any";
}

type Fields = Record<string, string | undefined>;

/** `GET /login_sessions/new` and `POST /tokens` of `auth.mycase.com`. The user agrees unasked, unless `interactive=1`. */
export function oauthRoutes(options: OAuthOptions, tokens: Tokens, faults: Faults): Hono {
  const app = new Hono();
  const mayAsk = ({ client_id, redirect_uri = "", response_type }: Fields) =>
    client_id === options.clientId &&
    response_type === "code" &&
    URL.canParse(redirect_uri) &&
    (options.redirectUris === "any" || options.redirectUris.includes(redirect_uri));

  app.get("/login_sessions/new", (c) => {
    const query = c.req.query();
    if (!mayAsk(query)) return c.text("This application is not known, or asks in the wrong way.", 400);
    if (query.interactive === "1") return c.html(consentPage(query));
    return c.redirect(wayBack(tokens, query, true), 302);
  });

  app.post("/login_sessions/new", async (c) => {
    const form = (await c.req.parseBody()) as Record<string, string>;
    if (!mayAsk(form)) return c.text("This application is not known, or asks in the wrong way.", 400);
    return c.redirect(wayBack(tokens, form, form.answer === "allow"), 302);
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

function wayBack(tokens: Tokens, { redirect_uri = "", state }: Fields, allowed: boolean): string {
  const back = new URL(redirect_uri);
  if (allowed) back.searchParams.set("code", tokens.issueCode(redirect_uri));
  else back.searchParams.set("error", "access_denied");
  if (state !== undefined) back.searchParams.set("state", state);
  return back.toString();
}

/** Integrators send JSON and forms; both are taken. */
async function readBody(c: Context): Promise<Fields> {
  const form = c.req.header("content-type")?.includes("form") ?? false;
  const text = await c.req.text();
  if (form) return Object.fromEntries(new URLSearchParams(text));
  try {
    return (JSON.parse(text) as Fields | null) ?? {};
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
  const spent = body.refresh_token ?? "";
  if (!tokens.isCurrentRefresh(spent)) return c.json({ error: "invalid_grant" }, 400);
  const granted = grant(tokens, spent);
  if (faults.loseRefreshAnswers > 0) {
    faults.loseRefreshAnswers -= 1;
    return c.text("bad gateway", 502);
  }
  return c.json(granted);
}

function grant(tokens: Tokens, spent?: string) {
  return { ...tokens.issue(spent), token_type: "Bearer", scope: "read write", expires_in: tokens.accessLifeSeconds };
}
