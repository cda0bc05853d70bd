import type { OpenAPIHono } from "@hono/zod-openapi";
import type { AppEnv } from "../../http/app-env.ts";
import { recordFailedAttempt, rejectIfThrottled } from "../../http/middleware/failed-attempts.ts";
import { LoginPage } from "../pages/login/page.tsx";
import { OrgsPage } from "../pages/orgs/page.tsx";
import { closeSession, openSession, sessionPrincipal } from "../session.ts";

const MAX_ORGS_SHOWN = 200;

/** Login, logout, and where a session starts: the org of its key, or the list of orgs for the admin key. */
export function registerSessionRoutes(app: OpenAPIHono<AppEnv>): void {
  app.get("/console/login", (c) => c.html(<LoginPage refused={false} />));

  app.post("/console/login", async (c) => {
    rejectIfThrottled(c);
    const { key } = await c.req.parseBody();
    if (typeof key === "string" && (await openSession(c, key.trim()))) return c.redirect("/console", 303);
    await recordFailedAttempt(c);
    return c.html(<LoginPage refused />, 401);
  });

  app.post("/console/logout", (c) => {
    closeSession(c);
    return c.redirect("/console/login", 303);
  });

  app.get("/console", async (c) => {
    const principal = await sessionPrincipal(c);
    if (!principal) return c.redirect("/console/login");
    if (principal.kind === "key") return c.redirect(`/console/orgs/${principal.org}`);
    const orgs = await c.var.services.orgs.list({ limit: MAX_ORGS_SHOWN, after: null });
    return c.html(<OrgsPage orgs={orgs} />);
  });
}
