import type { Context } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import type { AppEnv } from "../http/app-env.ts";
import { randomSecret } from "../platform/secret.ts";
import { OAUTH_CALLBACK_PATH } from "../sync/connection/connect.ts";

const COOKIE = "mcs_grant";
const LIFE_S = 10 * 60; // as long as the grant that is asked for

/** Gives the browser that begins to connect a secret, so that no other one can finish. */
export function bindBrowser(c: Context<AppEnv>): string {
  const secret = randomSecret();
  setCookie(c, COOKIE, secret, {
    httpOnly: true,
    sameSite: "Lax", // MyCase sends the browser back by a link from another site
    secure: new URL(c.req.url).protocol === "https:",
    path: OAUTH_CALLBACK_PATH,
    maxAge: LIFE_S,
  });
  return secret;
}

/** The secret that the browser was given; null when it is another one, or the grant was begun over the API. */
export function browserSecret(c: Context<AppEnv>): string | null {
  return getCookie(c, COOKIE) ?? null;
}
