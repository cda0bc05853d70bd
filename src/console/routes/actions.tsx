import { type OpenAPIHono, z } from "@hono/zod-openapi";
import type { AppEnv } from "../../http/app-env.ts";
import { bindBrowser } from "../../http/grant-cookie.ts";
import { failureProblem } from "../../http/problems/failure-problem.ts";
import { notFound, orNotFound } from "../../http/problems/not-found.ts";
import { Problem } from "../../http/problems/problem.ts";
import { publicOrigin } from "../../http/public-origin.ts";
import { authorize, disconnect } from "../../sync/connection/connect.ts";
import { connectionReport } from "../../sync/connection/connection-report.ts";
import { pinMainContact, setVisibilityOverride } from "../../sync/overrides.ts";
import { replayDeadLetter } from "../../sync/replay-dead-letters.ts";
import { requestResync } from "../../sync/resync/request-resync.ts";
import { approveRun, cancelRun } from "../../sync/runs/decide.ts";
import { startRun } from "../../sync/runs/start.ts";
import { ConnectPage } from "../pages/connect/page.tsx";
import { caseIdOf, formOf, idOf, orgAction } from "./org-route.ts";

const pinForm = z.object({ client_id: z.string().regex(/^\d{0,15}$/) });
const overrideForm = z.object({ override: z.enum(["hidden", ""]), back: z.string().regex(/^\/[a-z]+(\/\d+)?$/) });

/** Everything an org's administrators do here: the verbs of the API, with the same scopes. */
export function registerActions(app: OpenAPIHono<AppEnv>): void {
  orgAction(app, "/connect", "admin", async (c, viewer) => {
    const { authorize_url } = await authorize(c.var.services.sync, viewer.org, {
      origin: publicOrigin(c),
      browser: bindBrowser(c),
    });
    const report = await connectionReport(c.var.services.sync, viewer.org);
    return c.html(<ConnectPage viewer={viewer} report={report} authorizeUrl={authorize_url} />);
  });
  orgAction(app, "/disconnect", "admin", async (c, { org }) => {
    await disconnect(c.var.services.sync, org);
    return c.redirect(`/console/orgs/${org}/connect`, 303);
  });
  orgAction(app, "/projects/:case/resync", "sync", async (c, { org }) => {
    const requested = await requestResync(c.var.services.sync, org, caseIdOf(c));
    if (!requested.ok) throw failureProblem(requested.failure);
    return c.redirect(`/console/orgs/${org}/jobs/${requested.value.id}`, 303);
  });
  orgAction(app, "/projects/:case/main-contact", "admin", async (c, { org }) => {
    const { client_id: clientId } = await formOf(c, pinForm);
    const pinned = await pinMainContact(
      c.var.services.sync,
      org,
      caseIdOf(c),
      clientId === "" ? null : Number(clientId),
    );
    if (!pinned.ok) throw failureProblem(pinned.failure);
    return c.redirect(`/console/orgs/${org}/projects/${caseIdOf(c)}`, 303);
  });
  orgAction(app, "/team/:staff/visibility", "admin", async (c, { org }) => {
    const { override, back } = await formOf(c, overrideForm);
    const staffId = idOf(c, "staff", "Team member");
    const overridden = await setVisibilityOverride(
      c.var.services.sync,
      org,
      staffId,
      override === "" ? null : override,
    );
    if (!overridden.ok) throw failureProblem(overridden.failure);
    return c.redirect(`/console/orgs/${org}${back}`, 303);
  });
  orgAction(app, "/runs", "sync", async (c, { org }) => {
    const started = await startRun(c.var.services.sync, org, "poll", { trigger: "console", whenNoAccess: "fail" });
    if (!started.ok) throw failureProblem(started.failure);
    return c.redirect(`/console/orgs/${org}/runs`, 303);
  });
  orgAction(app, "/runs/:id/approve", "admin", async (c, { org }) => {
    const approved = await approveRun(c.var.services.sync, org, c.req.param("id") ?? "");
    if (!approved) throw new Problem(409, "not_held", "The run is no longer waiting for a decision");
    return c.redirect(`/console/orgs/${org}/runs`, 303);
  });
  orgAction(app, "/runs/:id/cancel", "sync", async (c, { org }) => {
    orNotFound(await cancelRun(c.var.services.sync, org, c.req.param("id") ?? ""), "Run");
    return c.redirect(`/console/orgs/${org}/runs`, 303);
  });
  orgAction(app, "/dead-letters/:id/replay", "sync", async (c, { org }) => {
    const replayed = await replayDeadLetter(c.var.services.sync, org, c.req.param("id") ?? "");
    if (!replayed) throw notFound("Open dead letter");
    return c.redirect(`/console/orgs/${org}/dead-letters`, 303);
  });
}
