import type { OpenAPIHono } from "@hono/zod-openapi";
import {
  listContacts,
  listLeads,
  listTeamMembers,
  readContact,
  readLead,
  readTeamMember,
} from "../../db/reads/people.ts";
import { setVisibilityOverride } from "../../sync/overrides.ts";
import type { AppEnv } from "../app-env.ts";
import { defineRoute, json, jsonBody, z } from "../define-route.ts";
import { failureProblem } from "../failure-problem.ts";
import { idCursor, leadCursor } from "../page-cursor.ts";
import { Problem } from "../problem.ts";
import { flagQuery, idParam, orgParam, pageOf, pageQuery, textParam } from "../schemas/common.ts";
import {
  contactSchema,
  contactWithProjectsSchema,
  leadSchema,
  teamMemberSchema,
  teamMemberWithProjectsSchema,
} from "../schemas/rows.ts";

const base = "/v1/orgs/{org}";
const tags: [string] = ["People"];
const deleted = flagQuery
  .optional()
  .openapi({ description: "`true`: only those that are gone; they are left out otherwise" });

const contacts = defineRoute(
  "read",
  {
    method: "get",
    path: `${base}/contacts`,
    tags,
    summary: "Contacts by client id",
    request: { params: orgParam, query: pageQuery.extend({ kind: z.enum(["client", "lead"]).optional(), deleted }) },
  },
  { 200: json(pageOf(contactSchema), "Contacts") },
);
const contact = defineRoute(
  "read",
  {
    method: "get",
    path: `${base}/contacts/{client_id}`,
    tags,
    summary: "One contact",
    request: { params: idParam("client_id") },
  },
  { 200: json(contactWithProjectsSchema, "The contact and its projects") },
);
const leads = defineRoute(
  "read",
  {
    method: "get",
    path: `${base}/leads`,
    tags,
    summary: "Leads: cases that the lead rule claims, and lead objects",
    request: { params: orgParam, query: pageQuery.extend({ source: z.enum(["lead", "case"]).optional(), deleted }) },
  },
  { 200: json(pageOf(leadSchema), "Leads by source and id") },
);
const lead = defineRoute(
  "read",
  {
    method: "get",
    path: `${base}/leads/{id}`,
    tags,
    summary: "One lead",
    description: "`id` is `lead:9` or `case:9`; a number alone means a lead object.",
    request: { params: textParam("id", "case:20000001") },
  },
  { 200: json(leadSchema, "The lead") },
);
const members = defineRoute(
  "read",
  {
    method: "get",
    path: `${base}/team-members`,
    tags,
    summary: "Team members by staff id",
    request: { params: orgParam, query: pageQuery.extend({ visible: flagQuery.optional() }) },
  },
  { 200: json(pageOf(teamMemberSchema), "Team members") },
);
const member = defineRoute(
  "read",
  {
    method: "get",
    path: `${base}/team-members/{staff_id}`,
    tags,
    summary: "One team member",
    request: { params: idParam("staff_id") },
  },
  { 200: json(teamMemberWithProjectsSchema, "The team member and its projects") },
);
const visibility = defineRoute(
  "admin",
  {
    method: "put",
    path: `${base}/team-members/{staff_id}/visibility`,
    tags,
    summary: "Hide a team member from clients, or let the roles decide",
    request: {
      params: idParam("staff_id"),
      body: jsonBody(z.strictObject({ override: z.literal("hidden").nullable() })),
    },
  },
  { 200: json(teamMemberWithProjectsSchema, "The team member as it is now") },
);

const LEAD_ID = /^(?:(lead|case):)?(\d{1,15})$/;

export function registerPeopleRoutes(app: OpenAPIHono<AppEnv>): void {
  app.openapi(contacts, async (c) => {
    const { limit, cursor, ...filter } = c.req.valid("query");
    return c.json(
      await listContacts(c.var.services.db, c.req.valid("param").org, filter, { limit, after: idCursor(cursor) }),
      200,
    );
  });
  app.openapi(contact, async (c) => {
    const { org, client_id } = c.req.valid("param");
    return c.json(some(await readContact(c.var.services.db, org, client_id), "contact"), 200);
  });
  app.openapi(leads, async (c) => {
    const { limit, cursor, ...filter } = c.req.valid("query");
    return c.json(
      await listLeads(c.var.services.db, c.req.valid("param").org, filter, { limit, after: leadCursor(cursor) }),
      200,
    );
  });
  app.openapi(lead, async (c) => {
    const { org, id } = c.req.valid("param");
    const [, source, number] = LEAD_ID.exec(id) ?? [];
    const found = number
      ? await readLead(c.var.services.db, org, source === "case" ? "case" : "lead", Number(number))
      : null;
    return c.json(some(found, "lead"), 200);
  });
  app.openapi(members, async (c) => {
    const { limit, cursor, ...filter } = c.req.valid("query");
    return c.json(
      await listTeamMembers(c.var.services.db, c.req.valid("param").org, filter, { limit, after: idCursor(cursor) }),
      200,
    );
  });
  app.openapi(member, async (c) => {
    const { org, staff_id } = c.req.valid("param");
    return c.json(some(await readTeamMember(c.var.services.db, org, staff_id), "team member"), 200);
  });
  app.openapi(visibility, async (c) => {
    const { org, staff_id } = c.req.valid("param");
    const set = await setVisibilityOverride(c.var.services.sync, org, staff_id, c.req.valid("json").override);
    if (!set.ok) throw failureProblem(set.failure);
    return c.json(some(await readTeamMember(c.var.services.db, org, staff_id), "team member"), 200);
  });
}

function some<T>(found: T | null, what: string): T {
  if (found === null) throw new Problem(404, "not_found", `There is no such ${what}.`);
  return found;
}
