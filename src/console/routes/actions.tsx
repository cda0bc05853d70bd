import type { OpenAPIHono } from "@hono/zod-openapi";
import type { AppEnv } from "../../http/app-env.ts";
import { failureProblem } from "../../http/failure-problem.ts";
import { bindBrowser } from "../../http/grant-cookie.ts";
import { notFound, orNotFound } from "../../http/not-found.ts";
import { Problem } from "../../http/problem.ts";
import { publicOrigin } from "../../http/public-origin.ts";
import { authorize } from "../../sync/connection/connect.ts";
import { replayDeadLetter } from "../../sync/replay-dead-letters.ts";
import { requestResync } from "../../sync/resync/request-resync.ts";
import { ASKED_FOR, approveRun, cancelRun, startRun } from "../../sync/runs/start-run.ts";
import { OverviewPage } from "../pages/overview/page.tsx";
import { overviewView } from "../pages/overview/view.ts";
import { caseIdOf, orgAction } from "./org-route.ts";

/** Everything an org's administrators do here: the verbs of the API, with the same scopes. */
export function registerActions(app: OpenAPIHono<AppEnv>): void {
  orgAction(app, "/connect", "admin", async (c, viewer) => {
    const { authorize_url } = await authorize(c.var.services.sync, viewer.org, {
      origin: publicOrigin(c),
      browser: bindBrowser(c),
    });
    const view = await overviewView(c.var.services, viewer.org);
    return c.html(<OverviewPage viewer={viewer} view={view} authorizeUrl={authorize_url} />);
  });
  orgAction(app, "/projects/:case/resync", "sync", async (c, { org }) => {
    const requested = await requestResync(c.var.services.sync, org, caseIdOf(c));
    if (!requested.ok) throw failureProblem(requested.failure);
    return c.redirect(`/console/orgs/${org}/jobs/${requested.value.id}`, 303);
  });
  orgAction(app, "/runs", "sync", async (c, { org }) => {
    const started = await startRun(c.var.services.sync, org, "poll", ASKED_FOR);
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
