import type { OpenAPIHono } from "@hono/zod-openapi";
import { asPage } from "../../db/reads/cursor.ts";
import { replayDeadLetter, replayDeadLetters } from "../../sync/replay-dead-letters.ts";
import { ASKED_FOR, approveRun, cancelRun, startRun } from "../../sync/runs/start-run.ts";
import type { AppEnv } from "../app-env.ts";
import { defineRoute, json, jsonBody, z } from "../define-route.ts";
import { failureProblem } from "../failure-problem.ts";
import { textCursor } from "../page-cursor.ts";
import { presentJob, presentRun } from "../present-work.ts";
import { Problem } from "../problem.ts";
import { orgParam, pageOf, pageQuery, textParam } from "../schemas/common.ts";
import { deadLetterSchema, jobSchema, runSchema } from "../schemas/work.ts";

const base = "/v1/orgs/{org}";
const tags: [string] = ["Work"];

const job = defineRoute(
  "read",
  {
    method: "get",
    path: `${base}/jobs/{id}`,
    tags,
    summary: "A manual resync and what came of it",
    request: { params: textParam("id", "0b7e") },
  },
  { 200: json(jobSchema, "The job") },
);
const start = defineRoute(
  "sync",
  {
    method: "post",
    path: `${base}/runs`,
    tags,
    summary: "Start a run; the one of its kind that is in flight is given again",
    request: {
      params: orgParam,
      body: jsonBody(z.strictObject({ kind: z.enum(["backfill", "poll", "nightly", "team"]) })),
    },
  },
  { 202: json(z.object({ run: runSchema }), "The run; `Location` is where it can be followed") },
);
const runs = defineRoute(
  "read",
  {
    method: "get",
    path: `${base}/runs`,
    tags,
    summary: "Runs, newest first",
    request: { params: orgParam, query: pageQuery },
  },
  { 200: json(pageOf(runSchema), "Runs") },
);
const run = defineRoute(
  "read",
  { method: "get", path: `${base}/runs/{id}`, tags, summary: "One run", request: { params: textParam("id", "0b7e") } },
  { 200: json(runSchema, "The run") },
);
const cancel = defineRoute(
  "sync",
  {
    method: "post",
    path: `${base}/runs/{id}/cancel`,
    tags,
    summary: "Cancel a run",
    request: { params: textParam("id", "0b7e") },
  },
  { 200: json(runSchema, "The run as it is now; what it has saved stays") },
);
const approve = defineRoute(
  "admin",
  {
    method: "post",
    path: `${base}/runs/{id}/approve`,
    tags,
    summary: "Let a held run do what it was held for",
    request: { params: textParam("id", "0b7e") },
  },
  { 200: json(runSchema, "The run, going on") },
);
const letters = defineRoute(
  "read",
  {
    method: "get",
    path: `${base}/dead-letters`,
    tags,
    summary: "What could not be processed, and why",
    request: { params: orgParam, query: pageQuery.extend({ code: z.string().optional() }) },
  },
  { 200: json(pageOf(deadLetterSchema), "Open ones by id") },
);
const replayOne = defineRoute(
  "sync",
  {
    method: "post",
    path: `${base}/dead-letters/{id}/replay`,
    tags,
    summary: "Try one again",
    request: { params: textParam("id", "0b7e") },
  },
  { 202: json(z.object({ replayed: z.int() }), "Queued again") },
);
const replayAll = defineRoute(
  "sync",
  {
    method: "post",
    path: `${base}/dead-letters/replay`,
    tags,
    summary: "Try all again, or those of one code",
    request: { params: orgParam, query: z.object({ code: z.string().optional() }) },
  },
  { 202: json(z.object({ replayed: z.int() }), "Queued again") },
);

export function registerWorkRoutes(app: OpenAPIHono<AppEnv>): void {
  app.openapi(job, async (c) => {
    const { org, id } = c.req.valid("param");
    const found = await c.var.services.sync.resyncs.get(org, id);
    if (!found) throw new Problem(404, "not_found", "There is no such job.");
    return c.json(presentJob(found) as never, 200);
  });
  app.openapi(start, async (c) => {
    const { org } = c.req.valid("param");
    const started = await startRun(c.var.services.sync, org, c.req.valid("json").kind, ASKED_FOR);
    if (!started.ok) throw failureProblem(started.failure);
    const shown = presentRun(started.value);
    return c.json({ run: shown }, 202, { location: `/v1/orgs/${org}/runs/${shown.id}` });
  });
  app.openapi(runs, async (c) => {
    const { limit, cursor } = c.req.valid("query");
    const rows = await c.var.services.sync.runs.list(c.req.valid("param").org, {
      limit: limit + 1,
      before: textCursor(cursor),
    });
    return c.json(
      asPage(rows.map(presentRun), limit, (row) => `${row.created_at}|${row.id}`),
      200,
    );
  });
  app.openapi(run, async (c) => {
    const { org, id } = c.req.valid("param");
    return c.json(presentRun(some(await c.var.services.sync.runs.get(org, id))), 200);
  });
  app.openapi(cancel, async (c) => {
    const { org, id } = c.req.valid("param");
    return c.json(presentRun(some(await cancelRun(c.var.services.sync, org, id))), 200);
  });
  app.openapi(approve, async (c) => {
    const { org, id } = c.req.valid("param");
    const known = some(await c.var.services.sync.runs.get(org, id));
    const approved = await approveRun(c.var.services.sync, org, id);
    if (!approved) throw new Problem(409, "not_held", `The run is ${known.state}; only a held one can be approved.`);
    return c.json(presentRun(approved), 200);
  });
  app.openapi(letters, async (c) => {
    const { limit, cursor, code } = c.req.valid("query");
    const page = { limit: limit + 1, after: textCursor(cursor), ...(code === undefined ? {} : { code }) };
    const rows = await c.var.services.sync.deadLetters.list(c.req.valid("param").org, page);
    return c.json(
      asPage(rows, limit, (row) => row.id),
      200,
    );
  });
  app.openapi(replayAll, async (c) => {
    const replayed = await replayDeadLetters(c.var.services.sync, c.req.valid("param").org, c.req.valid("query").code);
    return c.json({ replayed }, 202);
  });
  app.openapi(replayOne, async (c) => {
    const { org, id } = c.req.valid("param");
    if (!(await replayDeadLetter(c.var.services.sync, org, id)))
      throw new Problem(404, "not_found", "There is no such open letter.");
    return c.json({ replayed: 1 }, 202);
  });
}

function some<T>(run: T | null): T {
  if (run === null) throw new Problem(404, "not_found", "There is no such run.");
  return run;
}
