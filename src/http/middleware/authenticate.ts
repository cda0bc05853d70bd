import type { Context } from "hono";
import { createMiddleware } from "hono/factory";
import type { ApiKeyScope } from "../../db/stores/api-key-store.ts";
import { isApiKeyText } from "../../platform/api-key-text.ts";
import { hashSecret, sameSecret } from "../../platform/secret.ts";
import type { Services } from "../../services.ts";
import type { AppEnv, Principal } from "../app-env.ts";
import { notFound, orNotFound } from "../problems/not-found.ts";
import { Problem } from "../problems/problem.ts";
import { recordFailedAttempt, rejectIfThrottled } from "./failed-attempts.ts";

const LAST_USED_PRECISION_MS = 60_000;
const ADMIN: Principal = { kind: "admin", id: "admin" };

/** What each scope includes: `sync` and `admin` include `read`, `admin` includes `sync`. */
const INCLUDED: Record<ApiKeyScope, ApiKeyScope[]> = {
  read: ["read"],
  sync: ["read", "sync"],
  admin: ["read", "sync", "admin"],
};

/** Lets only the admin key in; to an org's key another org's anything does not exist (R11). */
export const requireAdmin = createMiddleware<AppEnv>(async (c, next) => {
  const principal = await identify(c);
  const org = c.req.param("org");
  if (principal.kind === "key" && org !== undefined && principal.org !== org) throw notFound("Org");
  if (principal.kind !== "admin") throw new Problem(403, "forbidden", "Admin key required");
  c.set("principal", principal);
  await next();
});

/** Accepts the admin key and the org's keys with the scope. */
export function requireScope(scope: ApiKeyScope) {
  return createMiddleware<AppEnv>(async (c, next) => {
    const principal = await identify(c);
    await checkAccess(c.var.services, principal, c.req.param("org") ?? "", scope);
    c.set("principal", principal);
    await next();
  });
}

/** Throws unless the principal may do this in this org. Another org's anything does not exist (R11). */
export async function checkAccess(
  { orgs }: Services,
  principal: Principal,
  org: string,
  scope: ApiKeyScope,
): Promise<void> {
  if (!mayUse(principal, org, "read")) throw notFound("Org");
  if (principal.kind === "admin") orNotFound(await orgs.get(org), "Org");
  if (!mayUse(principal, org, scope)) throw new Problem(403, "forbidden", `Key with scope "${scope}" required`);
}

/** Who a key belongs to; null when it is unknown. */
export async function principalOf(
  services: Services,
  key: string,
): Promise<{ principal: Principal; lastUsedAt: string | null } | null> {
  if (await sameSecret(key, services.config.adminApiKey)) return { principal: ADMIN, lastUsedAt: null };
  if (!isApiKeyText(key)) return null;
  const apiKey = await services.apiKeys.findByHash(await hashSecret(key));
  if (!apiKey) return null;
  return {
    principal: { kind: "key", id: apiKey.id, org: apiKey.org, scopes: apiKey.scopes },
    lastUsedAt: apiKey.last_used_at,
  };
}

/** Whether a principal has a scope in an org. */
export function mayUse(principal: Principal, org: string, scope: ApiKeyScope): boolean {
  if (principal.kind === "admin") return true;
  return principal.org === org && principal.scopes.some((granted) => INCLUDED[granted].includes(scope));
}

async function identify(c: Context<AppEnv>): Promise<Principal> {
  const { services } = c.var;
  const key = /^Bearer (.+)$/i.exec(c.req.header("authorization") ?? "")?.[1];
  if (key === undefined) throw new Problem(401, "unauthenticated", 'Send a key as "Authorization: Bearer KEY"');
  rejectIfThrottled(c);
  const identified = await principalOf(services, key);
  if (!identified) {
    await recordFailedAttempt(c);
    throw new Problem(401, "unauthenticated", "Unknown or revoked key");
  }
  const { principal, lastUsedAt } = identified;
  if (principal.kind === "key") recordUse(c, services, principal.id, lastUsedAt);
  return principal;
}

function recordUse(c: Context<AppEnv>, services: Services, id: string, lastUsedAt: string | null): void {
  const now = services.sync.now();
  if (lastUsedAt !== null && now.getTime() - Date.parse(lastUsedAt) < LAST_USED_PRECISION_MS) return;
  c.executionCtx.waitUntil(services.apiKeys.used(id, now));
}
