import type { OpenAPIHono } from "@hono/zod-openapi";
import type { Context } from "hono";
import { csrf } from "hono/csrf";
import { secureHeaders } from "hono/secure-headers";
import { caseIdsByNumber } from "../db/reads/coverage.ts";
import { listProjects } from "../db/reads/projects.ts";
import type { ApiKeyScope } from "../db/stores/api-key-store.ts";
import type { AppEnv } from "../http/app-env.ts";
import { recordFailedAttempt, rejectIfThrottled } from "../http/failed-attempts.ts";
import { failureProblem } from "../http/failure-problem.ts";
import { checkAccess, mayUse } from "../http/middleware/authenticate.ts";
import { withServices } from "../http/middleware/with-services.ts";
import { orNotFound } from "../http/not-found.ts";
import { idCursor, pageIn } from "../http/page-cursor.ts";
import { Problem } from "../http/problem.ts";
import { publicOrigin } from "../http/public-origin.ts";
import { authorize } from "../sync/connection/connect.ts";
import { requestResync } from "../sync/resync/request-resync.ts";
import { startRun } from "../sync/runs/start-run.ts";
import { registerConfirmFirm } from "./confirm-firm.tsx";
import { bindBrowser } from "./grant-cookie.ts";
import type { Viewer } from "./layout.tsx";
import { LoginPage } from "./pages/login/login-page.tsx";
import { OverviewPage } from "./pages/overview/overview-page.tsx";
import { overviewView } from "./pages/overview/overview-view.ts";
import { ProjectPage } from "./pages/project/project-page.tsx";
import { projectView } from "./pages/project/project-view.ts";
import { ProjectsPage } from "./pages/projects/projects-page.tsx";
import { ExplainForm, JobPage, OrgsPage, RunsPage } from "./pages/work-pages.tsx";
import { closeSession, openSession, sessionPrincipal } from "./session.ts";
import { STYLE } from "./style.ts";

type C = Context<AppEnv>;

const STRICT = {
  defaultSrc: ["'none'"],
  styleSrc: ["'self'"],
  formAction: ["'self'"],
  baseUri: ["'none'"],
  frameAncestors: ["'none'"],
};
const RUNS_SHOWN = 50;

/** The console: pages for a firm's administrators, behind a session. */
export function registerConsole(app: OpenAPIHono<AppEnv>): void {
  app.get("/", (c) => c.redirect("/console"));
  app.use("/console/*", withServices, secureHeaders({ contentSecurityPolicy: STRICT }), csrf());
  app.get("/console/style.css", (c) => c.body(STYLE, 200, { "content-type": "text/css; charset=utf-8" }));
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

  app.get("/console", withServices, async (c) => {
    const principal = await sessionPrincipal(c);
    if (!principal) return c.redirect("/console/login");
    if (principal.kind === "key") return c.redirect(`/console/orgs/${principal.org}`);
    const orgs = await c.var.services.orgs.list({ limit: 200, after: null });
    return c.html(<OrgsPage viewer={{ org: null, canSync: true, canAdmin: true }} orgs={orgs} />);
  });

  registerConfirmFirm(app);

  page(app, "/console/orgs/:org", async (c, viewer, org) => {
    return c.html(
      <OverviewPage viewer={viewer} view={await overviewView(c.var.services, await found(c, org), null)} />,
    );
  });
  page(app, "/console/orgs/:org/projects", async (c, viewer, org) => {
    const q = c.req.query("q") ?? "";
    const filter = q === "" ? {} : { q };
    const rows = await listProjects(c.var.services.db, org, filter, {
      limit: 50,
      after: idCursor("projects", c.req.query("cursor")),
    });
    const { data, next_cursor } = pageIn("projects", rows);
    return c.html(<ProjectsPage viewer={viewer} view={{ org, q, projects: data, nextCursor: next_cursor }} />);
  });
  page(app, "/console/orgs/:org/projects/:case", async (c, viewer, org) => {
    const view = await projectView(c.var.services, org, wholeNumber(c.req.param("case") ?? ""));
    return c.html(<ProjectPage viewer={viewer} view={view} />);
  });
  page(app, "/console/orgs/:org/explain", async (c, viewer, org) => {
    const asked = c.req.query("case")?.trim() ?? "";
    if (asked === "") return c.html(<ExplainForm viewer={viewer} org={org} unknownNumber={null} />);
    const [byNumber] = await caseIdsByNumber(c.var.services.db, org, asked);
    const id = byNumber ?? (/^\d{1,15}$/.test(asked) ? Number(asked) : null);
    if (id === null || id === 0) return c.html(<ExplainForm viewer={viewer} org={org} unknownNumber={asked} />);
    return c.redirect(`/console/orgs/${org}/projects/${id}`);
  });
  page(app, "/console/orgs/:org/runs", async (c, viewer, org) => {
    return c.html(
      <RunsPage viewer={viewer} runs={await c.var.services.sync.runs.list(org, { limit: RUNS_SHOWN, before: null })} />,
    );
  });
  page(app, "/console/orgs/:org/jobs/:id", async (c, viewer, org) => {
    const job = orNotFound(await c.var.services.sync.resyncs.get(org, c.req.param("id") ?? ""), "Job");
    return c.html(<JobPage viewer={viewer} org={org} job={job} />);
  });

  action(app, "/console/orgs/:org/projects/:case/resync", "sync", async (c, _viewer, org) => {
    const requested = await requestResync(c.var.services.sync, org, wholeNumber(c.req.param("case") ?? ""));
    if (!requested.ok) throw failureProblem(requested.failure);
    return c.redirect(`/console/orgs/${org}/jobs/${requested.value.id}`, 303);
  });
  action(app, "/console/orgs/:org/runs", "sync", async (c, _viewer, org) => {
    const started = await startRun(c.var.services.sync, org, "poll", "console");
    if (!started.ok) throw failureProblem(started.failure);
    return c.redirect(`/console/orgs/${org}/runs`, 303);
  });
  action(app, "/console/orgs/:org/connect", "admin", async (c, viewer, org) => {
    const { authorize_url } = await authorize(c.var.services.sync, org, {
      origin: publicOrigin(c),
      browser: bindBrowser(c),
    });
    return c.html(
      <OverviewPage viewer={viewer} view={await overviewView(c.var.services, await found(c, org), authorize_url)} />,
    );
  });
}

type Shown = (c: C, viewer: Viewer, org: string) => Promise<Response>;

function page(app: OpenAPIHono<AppEnv>, path: string, show: Shown): void {
  app.get(path, async (c) => {
    const viewer = await viewerOf(c, "read");
    return viewer ? show(c, viewer, viewer.org ?? "") : c.redirect("/console/login");
  });
}

function action(app: OpenAPIHono<AppEnv>, path: string, scope: ApiKeyScope, act: Shown): void {
  app.post(path, async (c) => {
    const viewer = await viewerOf(c, scope);
    return viewer ? act(c, viewer, viewer.org ?? "") : c.redirect("/console/login", 303);
  });
}

/** Who looks at which org; another org's pages do not exist. */
async function viewerOf(c: C, scope: ApiKeyScope): Promise<Viewer | null> {
  const principal = await sessionPrincipal(c);
  if (!principal) return null;
  const org = c.req.param("org") ?? "";
  await checkAccess(c.var.services, principal, org, scope);
  return { org, canSync: mayUse(principal, org, "sync"), canAdmin: mayUse(principal, org, "admin") };
}

async function found(c: C, id: string) {
  return orNotFound(await c.var.services.orgs.get(id), "Org");
}

function wholeNumber(text: string): number {
  const id = Number(text);
  if (!Number.isSafeInteger(id) || id < 1) throw new Problem(404, "not_found", "Invalid case id");
  return id;
}
