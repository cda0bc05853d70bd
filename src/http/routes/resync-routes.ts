import type { OpenAPIHono } from "@hono/zod-openapi";
import { requestResync } from "../../sync/resync/request-resync.ts";
import type { AppEnv } from "../app-env.ts";
import { defineRoute, json, location, z } from "../define-route.ts";
import { presentJob } from "../present/work.ts";
import { failureProblem } from "../problems/failure-problem.ts";
import { orNotFound } from "../problems/not-found.ts";
import { idParam, textParam } from "../schemas/request.ts";
import { jobSchema } from "../schemas/work.ts";

export function registerResyncRoutes(app: OpenAPIHono<AppEnv>): void {
  app.openapi(
    defineRoute(
      "sync",
      {
        method: "post",
        path: "/v1/orgs/{org}/projects/{case_id}/resync",
        operationId: "resyncProject",
        tags: ["Work"],
        summary: "Read a case and its people from MyCase again, now",
        description: "Also works for a case that was never imported. While one is in flight, returns the same job.",
        request: { params: idParam("case_id", "MyCase's id of the case") },
      },
      { 202: { ...json(z.object({ job: jobSchema }), "The job"), headers: location } },
    ),
    async (c) => {
      const { org, case_id } = c.req.valid("param");
      const requested = await requestResync(c.var.services.sync, org, case_id);
      if (!requested.ok) throw failureProblem(requested.failure);
      const job = presentJob(requested.value);
      return c.json({ job }, 202, { location: `/v1/orgs/${org}/jobs/${job.id}` });
    },
  );

  app.openapi(
    defineRoute(
      "read",
      {
        method: "get",
        path: "/v1/orgs/{org}/jobs/{id}",
        operationId: "getJob",
        tags: ["Work"],
        summary: "Get a resync and its result",
        request: { params: textParam("id", "Id of the job", "0b7e") },
      },
      { 200: json(jobSchema, "The job") },
    ),
    async (c) => {
      const { org, id } = c.req.valid("param");
      return c.json(presentJob(orNotFound(await c.var.services.sync.resyncs.get(org, id), "Job")), 200);
    },
  );
}
