import type { OpenAPIHono } from "@hono/zod-openapi";
import { listContacts, readContact } from "../../db/reads/people.ts";
import type { AppEnv } from "../app-env.ts";
import { defineRoute, json, z } from "../define-route.ts";
import { idCursor, pageIn } from "../page-cursor.ts";
import { orNotFound } from "../problems/not-found.ts";
import { pageOf } from "../schemas/page.ts";
import { flagQuery, idParam, orgParam, pageQuery } from "../schemas/request.ts";
import { contactSchema, contactWithProjectsSchema } from "../schemas/rows.ts";

const PATH = "/v1/orgs/{org}/contacts";

const filters = pageQuery.extend({
  kind: z.enum(["client", "lead"]).optional().openapi({ description: "Only this kind" }),
  deleted: flagQuery("`true`: only deleted ones; they are left out otherwise"),
});

export function registerContactRoutes(app: OpenAPIHono<AppEnv>): void {
  app.openapi(
    defineRoute(
      "read",
      {
        method: "get",
        path: PATH,
        operationId: "listContacts",
        tags: ["People"],
        summary: "List contacts by client id",
        request: { params: orgParam, query: filters },
      },
      { 200: json(pageOf(contactSchema), "Contacts") },
    ),
    async (c) => {
      const { limit, cursor, ...filter } = c.req.valid("query");
      const page = { limit, after: idCursor("contacts", cursor) };
      const rows = await listContacts(c.var.services.db, c.req.valid("param").org, filter, page);
      return c.json(pageIn("contacts", rows), 200);
    },
  );

  app.openapi(
    defineRoute(
      "read",
      {
        method: "get",
        path: `${PATH}/{client_id}`,
        operationId: "getContact",
        etag: true,
        tags: ["People"],
        summary: "Get a contact with its projects",
        request: { params: idParam("client_id", "MyCase's id of the client") },
      },
      { 200: json(contactWithProjectsSchema, "The contact") },
    ),
    async (c) => {
      const { org, client_id } = c.req.valid("param");
      return c.json(orNotFound(await readContact(c.var.services.db, org, client_id), "Contact"), 200);
    },
  );
}
