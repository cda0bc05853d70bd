import type { OpenAPIHono } from "@hono/zod-openapi";
import { asPage } from "../../db/reads/cursor.ts";
import { approveRun, cancelRun } from "../../sync/runs/decide.ts";
import { startRun } from "../../sync/runs/start.ts";
import type { AppEnv } from "../app-env.ts";
import { defineRoute, json, jsonBody, location, z } from "../define-route.ts";
import { pageIn, textCursor } from "../page-cursor.ts";
import { presentRun } from "../present/work.ts";
import { failureProblem } from "../problems/failure-problem.ts";
import { orNotFound } from "../problems/not-found.ts";
import { Problem } from "../problems/problem.ts";
import { pageOf } from "../schemas/page.ts";
import { orgParam, pageQuery, textParam } from "../schemas/request.ts";
import { runSchema } from "../schemas/work.ts";

const PATH = "/v1/orgs/{org}/runs";
const runParam = textParam("id", "Id of the run", "0b7e");

const newRunSchema = z
  .strictObject({
    kind: z
      .enum(["backfill", "poll", "nightly", "team"])
      .openapi({ description: "`backfill` lists everything, `poll` what changed, `team` staff and settings" }),
  })
  .openapi("NewRun");

export function registerRunRoutes(app: OpenAPIHono<AppEnv>): void {
  app.openapi(
    defineRoute(
      "sync",
      {
        method: "post",
        path: PATH,
        operationId: "startRun",
        tags: ["Work"],
        summary: "Start a run",
        description: "While a run of the same kind is in flight, returns that run.",
        request: { params: orgParam, body: jsonBody(newRunSchema) },
      },
      { 202: { ...json(z.object({ run: runSchema }), "The run"), headers: location } },
    ),
    async (c) => {
      const { org } = c.req.valid("param");
      const asked = { trigger: "api", whenNoAccess: "fail" } as const;
      const started = await startRun(c.var.services.sync, org, c.req.valid("json").kind, asked);
      if (!started.ok) throw failureProblem(started.failure);
      const run = presentRun(started.value);
      return c.json({ run }, 202, { location: `/v1/orgs/${org}/runs/${run.id}` });
    },
  );

  app.openapi(
    defineRoute(
      "read",
      {
        method: "get",
        path: PATH,
        operationId: "listRuns",
        tags: ["Work"],
        summary: "List runs, newest first",
        request: { params: orgParam, query: pageQuery },
      },
      { 200: json(pageOf(runSchema), "Runs") },
    ),
    async (c) => {
      const { limit, cursor } = c.req.valid("query");
      const before = textCursor("runs", cursor);
      const rows = await c.var.services.sync.runs.list(c.req.valid("param").org, { limit: limit + 1, before });
      const page = asPage(rows.map(presentRun), limit, (run) => `${run.created_at}|${run.id}`);
      return c.json(pageIn("runs", page), 200);
    },
  );

  app.openapi(
    defineRoute(
      "read",
      {
        method: "get",
        path: `${PATH}/{id}`,
        operationId: "getRun",
        tags: ["Work"],
        summary: "Get a run",
        request: { params: runParam },
      },
      { 200: json(runSchema, "The run") },
    ),
    async (c) => {
      const { org, id } = c.req.valid("param");
      return c.json(presentRun(orNotFound(await c.var.services.sync.runs.get(org, id), "Run")), 200);
    },
  );

  app.openapi(
    defineRoute(
      "sync",
      {
        method: "post",
        path: `${PATH}/{id}/cancel`,
        operationId: "cancelRun",
        tags: ["Work"],
        summary: "Cancel a run",
        request: { params: runParam },
      },
      { 200: json(runSchema, "The run in its current state; what it saved is kept") },
    ),
    async (c) => {
      const { org, id } = c.req.valid("param");
      return c.json(presentRun(orNotFound(await cancelRun(c.var.services.sync, org, id), "Run")), 200);
    },
  );

  app.openapi(
    defineRoute(
      "admin",
      {
        method: "post",
        path: `${PATH}/{id}/approve`,
        operationId: "approveRun",
        tags: ["Work"],
        summary: "Approve a held run: it applies what it was held for",
        request: { params: runParam },
      },
      { 200: json(runSchema, "The run as it is now") },
    ),
    async (c) => {
      const { sync } = c.var.services;
      const { org, id } = c.req.valid("param");
      const run = orNotFound(await sync.runs.get(org, id), "Run");
      const approved = await approveRun(sync, org, id);
      if (!approved) throw new Problem(409, "not_held", `Run is ${run.state}; only a held run can be approved`);
      return c.json(presentRun(approved), 200);
    },
  );
}
