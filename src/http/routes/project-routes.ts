import type { OpenAPIHono } from "@hono/zod-openapi";
import { listProjects, readProject } from "../../db/reads/projects.ts";
import type { Failure } from "../../domain/failure.ts";
import { pinMainContact } from "../../sync/overrides.ts";
import { requestResync } from "../../sync/resync/request-resync.ts";
import type { AppEnv } from "../app-env.ts";
import { defineRoute, json, jsonBody, z } from "../define-route.ts";
import { failureProblem } from "../failure-problem.ts";
import { idCursor } from "../page-cursor.ts";
import { presentJob } from "../present-work.ts";
import { Problem } from "../problem.ts";
import { flagQuery, idParam, orgParam, pageOf, pageQuery } from "../schemas/common.ts";
import { projectSchema, projectWithPeopleSchema } from "../schemas/rows.ts";
import { jobSchema } from "../schemas/work.ts";

const tags: [string] = ["Projects"];
const path = "/v1/orgs/{org}/projects";

const filters = pageQuery.extend({
  type: z.string().optional().openapi({ description: "Key of a project type" }),
  phase: z.string().optional().openapi({ description: "Key of a phase" }),
  status: z.string().optional().openapi({ example: "open" }),
  enabled: flagQuery.optional(),
  deleted: flagQuery.optional().openapi({ description: "`true`: only tombstones; they are left out otherwise" }),
  q: z.string().min(1).max(200).optional().openapi({ description: "A part of the name or the case number" }),
});

const list = defineRoute(
  "read",
  { method: "get", path, tags, summary: "Projects by case id", request: { params: orgParam, query: filters } },
  { 200: json(pageOf(projectSchema), "Projects") },
);
const read = defineRoute(
  "read",
  {
    method: "get",
    path: `${path}/{case_id}`,
    tags,
    summary: "One project, its contacts and its team",
    request: { params: idParam("case_id") },
  },
  { 200: json(projectWithPeopleSchema, "The project") },
);
const resync = defineRoute(
  "sync",
  {
    method: "post",
    path: `${path}/{case_id}/resync`,
    tags,
    summary: "Read the case and its people from MyCase again, now",
    description: "Also for a case that was never imported. While one is in flight the same job is given.",
    request: { params: idParam("case_id") },
  },
  { 202: json(z.object({ job: jobSchema }), "The job; `Location` is where it can be followed") },
);
const pin = defineRoute(
  "admin",
  {
    method: "put",
    path: `${path}/{case_id}/main-contact`,
    tags,
    summary: "Pin the main contact, or unpin it",
    request: {
      params: idParam("case_id"),
      body: jsonBody(z.strictObject({ client_id: z.int().positive().nullable() })),
    },
  },
  { 200: json(projectWithPeopleSchema, "The project as it is now") },
);

export function registerProjectRoutes(app: OpenAPIHono<AppEnv>): void {
  app.openapi(list, async (c) => {
    const { limit, cursor, ...filter } = c.req.valid("query");
    const page = { limit, after: idCursor(cursor) };
    return c.json((await listProjects(c.var.services.db, c.req.valid("param").org, filter, page)) as never, 200);
  });
  app.openapi(read, async (c) => {
    const { org, case_id } = c.req.valid("param");
    return c.json((await found(c.var.services.db, org, case_id)) as never, 200);
  });
  app.openapi(resync, async (c) => {
    const { org, case_id } = c.req.valid("param");
    const requested = await requestResync(c.var.services.sync, org, case_id);
    if (!requested.ok) throw failureProblem(requested.failure);
    const job = presentJob(requested.value);
    return c.json({ job } as never, 202, { location: `/v1/orgs/${org}/jobs/${job.id}` });
  });
  app.openapi(pin, async (c) => {
    const { org, case_id } = c.req.valid("param");
    const pinned = await pinMainContact(c.var.services.sync, org, case_id, c.req.valid("json").client_id);
    if (!pinned.ok) throw pinProblem(pinned.failure);
    return c.json((await found(c.var.services.db, org, case_id)) as never, 200);
  });
}

function pinProblem(failure: Failure): Problem {
  if (failure.kind !== "refused") return failureProblem(failure);
  const errors = [{ path: "client_id", message: failure.detail }];
  return new Problem(422, "client_not_on_case", failure.detail, { errors });
}

async function found(db: AppEnv["Variables"]["services"]["db"], org: string, caseId: number) {
  const project = await readProject(db, org, caseId);
  if (!project) throw new Problem(404, "project_not_found", "There is no such project here; explain tells why.");
  return project;
}
