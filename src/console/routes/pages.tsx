import type { OpenAPIHono } from "@hono/zod-openapi";
import type { AppEnv } from "../../http/app-env.ts";
import { orNotFound } from "../../http/not-found.ts";
import { DeadLettersPage } from "../pages/dead-letters/page.tsx";
import { ExplainPage } from "../pages/explain/page.tsx";
import { findCaseId } from "../pages/explain/view.ts";
import { OverviewPage } from "../pages/overview/page.tsx";
import { overviewView } from "../pages/overview/view.ts";
import { ProjectPage } from "../pages/project/page.tsx";
import { projectView } from "../pages/project/view.ts";
import { ProjectsPage } from "../pages/projects/page.tsx";
import { projectsView } from "../pages/projects/view.ts";
import { ResyncPage } from "../pages/resync/page.tsx";
import { RunsPage } from "../pages/runs/page.tsx";
import { runsView } from "../pages/runs/view.ts";
import { caseIdOf, orgPage } from "./org-route.ts";

const MAX_DEAD_LETTERS_SHOWN = 100;

/** Everything an org's administrators look at. */
export function registerPages(app: OpenAPIHono<AppEnv>): void {
  orgPage(app, "", async (c, viewer) => {
    return c.html(<OverviewPage viewer={viewer} view={await overviewView(c.var.services, viewer.org)} />);
  });
  orgPage(app, "/projects", async (c, viewer) => {
    const view = await projectsView(c.var.services, viewer.org, { q: c.req.query("q"), cursor: c.req.query("cursor") });
    return c.html(<ProjectsPage viewer={viewer} view={view} />);
  });
  orgPage(app, "/projects/:case", async (c, viewer) => {
    return c.html(<ProjectPage viewer={viewer} view={await projectView(c.var.services, viewer.org, caseIdOf(c))} />);
  });
  orgPage(app, "/explain", async (c, viewer) => {
    const query = c.req.query("case")?.trim() ?? "";
    if (query === "") return c.html(<ExplainPage viewer={viewer} unknownNumber={null} />);
    const caseId = await findCaseId(c.var.services, viewer.org, query);
    if (caseId === null) return c.html(<ExplainPage viewer={viewer} unknownNumber={query} />);
    return c.redirect(`/console/orgs/${viewer.org}/projects/${caseId}`);
  });
  orgPage(app, "/runs", async (c, viewer) => {
    return c.html(<RunsPage viewer={viewer} runs={await runsView(c.var.services, viewer.org)} />);
  });
  orgPage(app, "/dead-letters", async (c, viewer) => {
    const page = { limit: MAX_DEAD_LETTERS_SHOWN, after: null };
    return c.html(
      <DeadLettersPage viewer={viewer} letters={await c.var.services.sync.deadLetters.list(viewer.org, page)} />,
    );
  });
  orgPage(app, "/jobs/:id", async (c, viewer) => {
    const resync = orNotFound(await c.var.services.sync.resyncs.get(viewer.org, c.req.param("id") ?? ""), "Job");
    return c.html(<ResyncPage viewer={viewer} resync={resync} />);
  });
}
