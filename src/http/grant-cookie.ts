import type { Context } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import { randomSecret } from "../platform/secret.ts";
import { OAUTH_CALLBACK_PATH } from "../sync/connection/connect.ts";
import type { AppEnv } from "./app-env.ts";

const COOKIE = "mcs_grant";
const TTL_S = 10 * 60; // the grant expires then

/** Binds a grant to the browser that started it: no other browser can finish it. */
export function bindBrowser(c: Context<AppEnv>): string {
  const secret = randomSecret();
  setCookie(c, COOKIE, secret, {
    httpOnly: true,
    sameSite: "Lax", // MyCase sends the browser back by a link from another site
    secure: new URL(c.req.url).protocol === "https:",
    path: OAUTH_CALLBACK_PATH,
    maxAge: TTL_S,
  });
  return secret;
}

/** The browser's secret; null in another browser, and for a grant started over the API. */
export function browserSecret(c: Context<AppEnv>): string | null {
  return getCookie(c, COOKIE) ?? null;
}
