import type { Context } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import { z } from "zod";
import type { AppEnv, Principal } from "../http/app-env.ts";
import { principalOf } from "../http/middleware/authenticate.ts";

const COOKIE = "mcs_session";
const SEAL = "console-session";
const LIFE_S = 12 * 60 * 60;

const sessionText = z.object({ id: z.string(), admin: z.boolean(), until: z.number() });

/** Opens a session for whoever's key it is; false when it is nobody's. The cookie holds no key, and says nothing unsealed. */
export async function openSession(c: Context<AppEnv>, key: string): Promise<boolean> {
  const found = await principalOf(c.var.services, key);
  if (!found) return false;
  const session = {
    id: found.principal.id,
    admin: found.principal.kind === "admin",
    until: Date.now() + LIFE_S * 1000,
  };
  setCookie(c, COOKIE, await c.var.services.sync.vault.seal(JSON.stringify(session), SEAL), {
    httpOnly: true,
    sameSite: "Lax", // MyCase sends the browser back here by a link from another site
    secure: new URL(c.req.url).protocol === "https:",
    path: "/console",
    maxAge: LIFE_S,
  });
  return true;
}

export function closeSession(c: Context<AppEnv>): void {
  deleteCookie(c, COOKIE, { path: "/console" });
}

/** Who looks; null without a session, with an old or altered one, or when its key has been revoked. */
export async function sessionPrincipal(c: Context<AppEnv>): Promise<Principal | null> {
  const cookie = getCookie(c, COOKIE);
  if (!cookie) return null;
  const session = await opened(c, cookie);
  if (!session || session.until < Date.now()) return null;
  if (session.admin) return { kind: "admin", id: "admin" };
  const key = await c.var.services.apiKeys.find(session.id);
  return key && { kind: "key", id: key.id, org: key.org, scopes: key.scopes };
}

async function opened(c: Context<AppEnv>, cookie: string) {
  try {
    const parsed = sessionText.safeParse(JSON.parse(await c.var.services.sync.vault.open(cookie, SEAL)));
    return parsed.success ? parsed.data : null;
  } catch (error) {
    // A cookie that was altered, or sealed under a key that has been replaced, is no session.
    if (error instanceof Error) return null;
    throw error;
  }
}
