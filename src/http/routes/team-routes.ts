import type { OpenAPIHono } from "@hono/zod-openapi";
import { listTeamMembers, readTeamMember } from "../../db/reads/people.ts";
import { setVisibilityOverride } from "../../sync/overrides.ts";
import type { AppEnv } from "../app-env.ts";
import { defineRoute, json, jsonBody, z } from "../define-route.ts";
import { idCursor, pageIn } from "../page-cursor.ts";
import { failureProblem } from "../problems/failure-problem.ts";
import { orNotFound } from "../problems/not-found.ts";
import { pageOf } from "../schemas/page.ts";
import { flagQuery, idParam, orgParam, pageQuery } from "../schemas/request.ts";
import { teamMemberSchema, teamMemberWithProjectsSchema } from "../schemas/rows.ts";

const PATH = "/v1/orgs/{org}/team-members";
const staffParam = idParam("staff_id", "MyCase's id of the staff member");

const overrideSchema = z
  .strictObject({
    override: z
      .literal("hidden")
      .nullable()
      .openapi({ description: "`hidden` hides the member from clients; null lets the team roles decide" }),
  })
  .openapi("VisibilityOverride");

export function registerTeamRoutes(app: OpenAPIHono<AppEnv>): void {
  app.openapi(
    defineRoute(
      "read",
      {
        method: "get",
        path: PATH,
        operationId: "listTeamMembers",
        tags: ["People"],
        summary: "List team members by staff id",
        request: {
          params: orgParam,
          query: pageQuery.extend({ visible: flagQuery("Only visible ones, or only hidden ones") }),
        },
      },
      { 200: json(pageOf(teamMemberSchema), "Team members") },
    ),
    async (c) => {
      const { limit, cursor, ...filter } = c.req.valid("query");
      const page = { limit, after: idCursor("team-members", cursor) };
      const rows = await listTeamMembers(c.var.services.db, c.req.valid("param").org, filter, page);
      return c.json(pageIn("team-members", rows), 200);
    },
  );

  app.openapi(
    defineRoute(
      "read",
      {
        method: "get",
        path: `${PATH}/{staff_id}`,
        operationId: "getTeamMember",
        etag: true,
        tags: ["People"],
        summary: "Get a team member with its projects",
        request: { params: staffParam },
      },
      { 200: json(teamMemberWithProjectsSchema, "The team member") },
    ),
    async (c) => {
      const { org, staff_id } = c.req.valid("param");
      return c.json(orNotFound(await readTeamMember(c.var.services.db, org, staff_id), "Team member"), 200);
    },
  );

  app.openapi(
    defineRoute(
      "admin",
      {
        method: "put",
        path: `${PATH}/{staff_id}/visibility`,
        operationId: "overrideVisibility",
        tags: ["People"],
        summary: "Hide a team member from clients, or let the team roles decide",
        request: { params: staffParam, body: jsonBody(overrideSchema) },
      },
      { 200: json(teamMemberWithProjectsSchema, "The team member as it is now") },
    ),
    async (c) => {
      const { db, sync } = c.var.services;
      const { org, staff_id } = c.req.valid("param");
      const overridden = await setVisibilityOverride(sync, org, staff_id, c.req.valid("json").override);
      if (!overridden.ok) throw failureProblem(overridden.failure);
      return c.json(orNotFound(await readTeamMember(db, org, staff_id), "Team member"), 200);
    },
  );
}
