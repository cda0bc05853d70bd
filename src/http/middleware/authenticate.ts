import type { Context } from "hono";
import { createMiddleware } from "hono/factory";
import type { ApiKeyScope } from "../../db/stores/api-key-store.ts";
import { hashSecret, sameSecret } from "../../platform/secret.ts";
import type { Services } from "../../services.ts";
import type { AppEnv, Principal } from "../app-env.ts";
import { recordFailedAttempt, rejectIfThrottled } from "../failed-attempts.ts";
import { Problem } from "../problem.ts";

const USED_EVERY_MS = 60_000;
const ADMIN: Principal = { kind: "admin", id: "admin" };

/** What each scope opens: `sync` and `admin` include `read`, `admin` includes `sync`. */
const OPENS: Record<ApiKeyScope, ApiKeyScope[]> = {
  read: ["read"],
  sync: ["read", "sync"],
  admin: ["read", "sync", "admin"],
};

/** Lets only the admin key in; to an org's key another org's anything does not exist (R11). */
export const requireAdmin = createMiddleware<AppEnv>(async (c, next) => {
  const principal = await identify(c);
  const org = c.req.param("org");
  if (principal.kind === "key" && org !== undefined && principal.org !== org) throw noSuchOrg();
  if (principal.kind !== "admin") throw new Problem(403, "forbidden", "This needs the admin key.");
  c.set("principal", principal);
  await next();
});

/** Lets in the admin key and the org's own keys with the scope. Another org's anything does not exist (R11). */
export function requireScope(scope: ApiKeyScope) {
  return createMiddleware<AppEnv>(async (c, next) => {
    const principal = await identify(c);
    const org = c.req.param("org") ?? "";
    if (principal.kind === "key" && principal.org !== org) throw noSuchOrg();
    if (!mayUse(principal, org, scope)) {
      throw new Problem(403, "forbidden", `This needs a key with the scope "${scope}".`);
    }
    if (principal.kind === "admin" && !(await c.var.services.orgs.get(org))) throw noSuchOrg();
    c.set("principal", principal);
    await next();
  });
}

function noSuchOrg(): Problem {
  return new Problem(404, "not_found", "There is no such org.");
}

/** Who a key belongs to; null when it is nobody's. */
export async function principalOf(
  services: Services,
  key: string,
): Promise<{ principal: Principal; lastUsedAt: string | null } | null> {
  if (await sameSecret(key, services.config.adminApiKey)) return { principal: ADMIN, lastUsedAt: null };
  const found = await services.apiKeys.findByHash(await hashSecret(key));
  if (!found) return null;
  return {
    principal: { kind: "key", id: found.id, org: found.org, scopes: found.scopes },
    lastUsedAt: found.last_used_at,
  };
}

/** Whether a principal may do what a scope opens, in an org. */
export function mayUse(principal: Principal, org: string, scope: ApiKeyScope): boolean {
  if (principal.kind === "admin") return true;
  return principal.org === org && principal.scopes.some((own) => OPENS[own].includes(scope));
}

async function identify(c: Context<AppEnv>): Promise<Principal> {
  const { services } = c.var;
  const key = /^Bearer (.+)$/i.exec(c.req.header("authorization") ?? "")?.[1];
  if (key === undefined) throw new Problem(401, "unauthenticated", 'Send a key as "Authorization: Bearer KEY".');
  rejectIfThrottled(c);
  const found = await principalOf(services, key);
  if (!found) {
    recordFailedAttempt(c);
    throw new Problem(401, "unauthenticated", "This key is unknown or has been revoked.");
  }
  if (found.principal.kind === "key") noteUse(c, services, found.principal.id, found.lastUsedAt);
  return found.principal;
}

function noteUse(c: Context<AppEnv>, services: Services, id: string, lastUsedAt: string | null): void {
  const now = services.sync.now();
  if (lastUsedAt !== null && now.getTime() - Date.parse(lastUsedAt) < USED_EVERY_MS) return;
  c.executionCtx.waitUntil(services.apiKeys.used(id, now));
}
