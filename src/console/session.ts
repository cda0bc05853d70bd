import type { Context } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import { z } from "zod";
import type { AppEnv, Principal } from "../http/app-env.ts";
import { principalOf } from "../http/middleware/authenticate.ts";

const COOKIE = "mcs_session";
const VAULT_CONTEXT = "console-session";
const TTL_S = 12 * 60 * 60;

const sessionText = z.object({ id: z.string(), admin: z.boolean(), until: z.number() });

/** Opens a session for the owner of a key; false for an unknown key. The cookie is sealed and does not hold the key. */
export async function openSession(c: Context<AppEnv>, key: string): Promise<boolean> {
  const owner = await principalOf(c.var.services, key);
  if (!owner) return false;
  const session = {
    id: owner.principal.id,
    admin: owner.principal.kind === "admin",
    until: c.var.services.sync.now().getTime() + TTL_S * 1000,
  };
  setCookie(c, COOKIE, await c.var.services.sync.vault.seal(JSON.stringify(session), VAULT_CONTEXT), {
    httpOnly: true,
    sameSite: "Lax", // MyCase sends the browser back here by a link from another site
    secure: new URL(c.req.url).protocol === "https:",
    path: "/console",
    maxAge: TTL_S,
  });
  return true;
}

export function closeSession(c: Context<AppEnv>): void {
  deleteCookie(c, COOKIE, { path: "/console" });
}

/** The owner of the session; null without one, and when it has expired, was altered, or its key was revoked. */
export async function sessionPrincipal(c: Context<AppEnv>): Promise<Principal | null> {
  const cookie = getCookie(c, COOKIE);
  if (!cookie) return null;
  const session = await unseal(c, cookie);
  if (!session || session.until < c.var.services.sync.now().getTime()) return null;
  if (session.admin) return { kind: "admin", id: "admin" };
  const key = await c.var.services.apiKeys.find(session.id);
  return key && { kind: "key", id: key.id, org: key.org, scopes: key.scopes };
}

async function unseal(c: Context<AppEnv>, cookie: string) {
  try {
    const parsed = sessionText.safeParse(JSON.parse(await c.var.services.sync.vault.open(cookie, VAULT_CONTEXT)));
    return parsed.success ? parsed.data : null;
  } catch (error) {
    // Altered, or sealed with a key that has been replaced.
    if (error instanceof Error) return null;
    throw error;
  }
}
