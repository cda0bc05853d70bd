import { type OpenAPIHono, z } from "@hono/zod-openapi";
import { BUCKETS, casesInBucket } from "../../db/reads/cases-in-bucket.ts";
import type { AppEnv } from "../../http/app-env.ts";
import { notFound, orNotFound } from "../../http/problems/not-found.ts";
import { connectionReport } from "../../sync/connection/connection-report.ts";
import { CasesPage } from "../pages/cases/page.tsx";
import { ConnectPage } from "../pages/connect/page.tsx";
import { DeadLettersPage } from "../pages/dead-letters/page.tsx";
import { ExplainPage } from "../pages/explain/page.tsx";
import { answerQuery } from "../pages/explain/view.ts";
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

const MAX_CASES_SHOWN = 100;
const bucketSchema = z.enum([...BUCKETS, "deleted", "not_visible"]);
const MAX_DEAD_LETTERS_SHOWN = 100;

/** Everything an org's administrators look at. */
export function registerPages(app: OpenAPIHono<AppEnv>): void {
  orgPage(app, "", async (c, viewer) => {
    return c.html(<OverviewPage viewer={viewer} view={await overviewView(c.var.services, viewer.org)} />);
  });
  orgPage(app, "/connect", async (c, viewer) => {
    return c.html(<ConnectPage viewer={viewer} report={await connectionReport(c.var.services.sync, viewer.org)} />);
  });
  orgPage(app, "/cases", async (c, viewer) => {
    const bucket = bucketSchema.safeParse(c.req.query("bucket"));
    const after = Number(c.req.query("after") ?? 0);
    if (!bucket.success || !Number.isSafeInteger(after)) throw notFound("List");
    const page = { limit: MAX_CASES_SHOWN + 1, after };
    const cases = await casesInBucket(c.var.services.db, viewer.org, bucket.data, page);
    const shown = cases.slice(0, MAX_CASES_SHOWN);
    const next = cases.length > MAX_CASES_SHOWN ? (shown.at(-1)?.id ?? null) : null;
    return c.html(<CasesPage viewer={viewer} bucket={bucket.data} cases={shown} next={next} />);
  });
  orgPage(app, "/projects", async (c, viewer) => {
    const view = await projectsView(c.var.services, viewer.org, c.req.query());
    return c.html(<ProjectsPage viewer={viewer} view={view} />);
  });
  orgPage(app, "/projects/:case", async (c, viewer) => {
    return c.html(<ProjectPage viewer={viewer} view={await projectView(c.var.services, viewer.org, caseIdOf(c))} />);
  });
  orgPage(app, "/explain", async (c, viewer) => {
    const query = c.req.query("q")?.trim() ?? "";
    if (query === "") return c.html(<ExplainPage viewer={viewer} found={null} />);
    const answer = await answerQuery(c.var.services, viewer.org, query);
    if (answer.kind === "case") return c.redirect(`/console/orgs/${viewer.org}/projects/${answer.id}`);
    return c.html(<ExplainPage viewer={viewer} found={answer} />);
  });
  orgPage(app, "/runs", async (c, viewer) => {
    return c.html(<RunsPage viewer={viewer} runs={await runsView(c.var.services, viewer.org)} />);
  });
  orgPage(app, "/dead-letters", async (c, viewer) => {
    const page = { limit: MAX_DEAD_LETTERS_SHOWN, after: null };
    return c.html(
      <DeadLettersPage viewer={viewer} deadLetters={await c.var.services.sync.deadLetters.list(viewer.org, page)} />,
    );
  });
  orgPage(app, "/jobs/:id", async (c, viewer) => {
    const resync = orNotFound(await c.var.services.sync.resyncs.get(viewer.org, c.req.param("id") ?? ""), "Job");
    return c.html(<ResyncPage viewer={viewer} resync={resync} />);
  });
}
