import type { OpenAPIHono } from "@hono/zod-openapi";
import type { Context } from "hono";
import type { AppEnv, Principal } from "../http/app-env.ts";
import { mayUse, principalOf } from "../http/middleware/authenticate.ts";
import { recordFailedAttempt, rejectIfThrottled } from "../http/middleware/failed-attempts.ts";
import { grantProblem } from "../http/problems/grant-problem.ts";
import { orNotFound } from "../http/problems/not-found.ts";
import { confirmConnection } from "../sync/connection/finish-connection.ts";
import { ConfirmFirmPage } from "./pages/confirm-firm/confirm-firm-page.tsx";
import { sessionPrincipal } from "./session.ts";

/** Accepts a grant that was started with an org's own key: only a session or key of that org may. */
export function registerConfirmFirm(app: OpenAPIHono<AppEnv>): void {
  app.post("/console/orgs/:org/confirm-firm", async (c) => {
    rejectIfThrottled(c);
    const { offer, key } = await c.req.parseBody();
    const org = orNotFound(await c.var.services.orgs.get(c.req.param("org")), "Org");
    const sealed = typeof offer === "string" ? offer : "";
    const principal = await principalOfForm(c, typeof key === "string" ? key.trim() : "");
    if (!principal || !mayUse(principal, org.id, "admin")) {
      await recordFailedAttempt(c);
      const { sync } = c.var.services;
      const terms = await sync.connection(org.id).inspect(sealed);
      const answer = terms && (await sync.connection(org.id).firmOf(sealed));
      const firm = { uuid: terms?.firmUuid ?? answer?.url ?? "", name: answer?.name ?? null };
      return c.html(<ConfirmFirmPage org={org} firm={firm} offer={sealed} refused />, 403);
    }
    const confirmed = await confirmConnection(c.var.services.sync, org.id, sealed);
    if (!confirmed.ok) throw grantProblem(confirmed.failure);
    return c.redirect(`/console/orgs/${org.id}`, 303);
  });
}

async function principalOfForm(c: Context<AppEnv>, key: string): Promise<Principal | null> {
  if (key === "") return sessionPrincipal(c);
  return (await principalOf(c.var.services, key))?.principal ?? null;
}
