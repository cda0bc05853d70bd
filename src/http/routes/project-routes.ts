import type { OpenAPIHono } from "@hono/zod-openapi";
import { listProjects, readProject } from "../../db/reads/projects.ts";
import type { Failure } from "../../domain/failure.ts";
import type { Services } from "../../services.ts";
import { pinMainContact } from "../../sync/overrides.ts";
import type { AppEnv } from "../app-env.ts";
import { defineRoute, json, jsonBody, z } from "../define-route.ts";
import { idCursor, pageIn } from "../page-cursor.ts";
import { failureProblem } from "../problems/failure-problem.ts";
import { Problem } from "../problems/problem.ts";
import { pageOf } from "../schemas/page.ts";
import { flagQuery, idParam, orgParam, pageQuery, textQuery } from "../schemas/request.ts";
import { projectSchema, projectWithPeopleSchema } from "../schemas/rows.ts";

const PATH = "/v1/orgs/{org}/projects";
const caseParam = idParam("case_id", "MyCase's id of the case");

const filters = pageQuery.extend({
  type: textQuery("Key of a project type", "injury"),
  phase: textQuery("Key of a phase", "intake"),
  status: textQuery("Status of the case", "open"),
  enabled: flagQuery("Only enabled ones, or only others"),
  deleted: flagQuery("`true`: only tombstones; they are left out otherwise"),
  q: z.string().min(1).max(200).optional().openapi({ description: "A part of the name or the case number" }),
});

const pinSchema = z
  .strictObject({
    client_id: z.int().positive().nullable().openapi({ description: "A client on the case; null unpins", example: 7 }),
  })
  .openapi("MainContactPin");

export function registerProjectRoutes(app: OpenAPIHono<AppEnv>): void {
  app.openapi(
    defineRoute(
      "read",
      {
        method: "get",
        path: PATH,
        operationId: "listProjects",
        tags: ["Projects"],
        summary: "List projects by case id",
        request: { params: orgParam, query: filters },
      },
      { 200: json(pageOf(projectSchema), "Projects") },
    ),
    async (c) => {
      const { limit, cursor, ...filter } = c.req.valid("query");
      const page = { limit, after: idCursor("projects", cursor) };
      const rows = await listProjects(c.var.services.db, c.req.valid("param").org, filter, page);
      return c.json(pageIn("projects", rows), 200);
    },
  );

  app.openapi(
    defineRoute(
      "read",
      {
        method: "get",
        path: `${PATH}/{case_id}`,
        operationId: "getProject",
        etag: true,
        tags: ["Projects"],
        summary: "Get a project with its contacts and team",
        request: { params: caseParam },
      },
      { 200: json(projectWithPeopleSchema, "The project") },
    ),
    async (c) => {
      const { org, case_id } = c.req.valid("param");
      return c.json(await readOrThrow(c.var.services, org, case_id), 200);
    },
  );

  app.openapi(
    defineRoute(
      "admin",
      {
        method: "put",
        path: `${PATH}/{case_id}/main-contact`,
        operationId: "pinMainContact",
        tags: ["Projects"],
        summary: "Pin the main contact, or unpin it",
        request: { params: caseParam, body: jsonBody(pinSchema) },
      },
      { 200: json(projectWithPeopleSchema, "The project as it is now") },
    ),
    async (c) => {
      const { org, case_id } = c.req.valid("param");
      const pinned = await pinMainContact(c.var.services.sync, org, case_id, c.req.valid("json").client_id);
      if (!pinned.ok) throw pinProblem(pinned.failure);
      return c.json(await readOrThrow(c.var.services, org, case_id), 200);
    },
  );
}

function pinProblem(failure: Failure): Problem {
  if (failure.kind !== "refused") return failureProblem(failure);
  const errors = [{ path: "client_id", message: failure.detail }];
  return new Problem(422, "client_not_on_case", failure.detail, { errors });
}

async function readOrThrow({ db }: Services, org: string, caseId: number) {
  const project = await readProject(db, org, caseId);
  if (!project) throw new Problem(404, "project_not_found", "Project not found; see explain for the reason");
  return project;
}
