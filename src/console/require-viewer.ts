import type { Context } from "hono";
import type { ApiKeyScope } from "../db/stores/api-key-store.ts";
import type { AppEnv } from "../http/app-env.ts";
import { checkAccess, mayUse } from "../http/middleware/authenticate.ts";
import { orNotFound } from "../http/problems/not-found.ts";
import type { OrgViewer } from "./layout.tsx";
import { sessionPrincipal } from "./session.ts";

/** The session's viewer of the org in the path, by the rules of the API; null without a session. */
export async function requireViewer(c: Context<AppEnv>, scope: ApiKeyScope): Promise<OrgViewer | null> {
  const principal = await sessionPrincipal(c);
  if (!principal) return null;
  const id = c.req.param("org") ?? "";
  await checkAccess(c.var.services, principal, id, scope);
  c.set("principal", principal);
  const org = orNotFound(await c.var.services.orgs.get(id), "Org");
  return {
    org: id,
    name: org.name,
    timezone: org.timezone,
    now: c.var.services.sync.now(),
    canSync: mayUse(principal, id, "sync"),
    canAdmin: mayUse(principal, id, "admin"),
  };
}
