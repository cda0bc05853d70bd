import type { Context } from "hono";
import type { ApiKeyScope } from "../db/stores/api-key-store.ts";
import type { AppEnv } from "../http/app-env.ts";
import { checkAccess, mayUse } from "../http/middleware/authenticate.ts";
import type { OrgViewer } from "./layout.tsx";
import { sessionPrincipal } from "./session.ts";

/** The session's viewer of the org in the path, by the rules of the API; null without a session. */
export async function requireViewer(c: Context<AppEnv>, scope: ApiKeyScope): Promise<OrgViewer | null> {
  const principal = await sessionPrincipal(c);
  if (!principal) return null;
  const org = c.req.param("org") ?? "";
  await checkAccess(c.var.services, principal, org, scope);
  c.set("principal", principal);
  return { org, canSync: mayUse(principal, org, "sync"), canAdmin: mayUse(principal, org, "admin") };
}
