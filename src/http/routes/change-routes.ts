import type { OpenAPIHono } from "@hono/zod-openapi";
import { listChanges } from "../../db/reads/changes.ts";
import type { AppEnv } from "../app-env.ts";
import { defineRoute, json } from "../define-route.ts";
import { invalidCursor } from "../page-cursor.ts";
import { pageOf } from "../schemas/page.ts";
import { numberQuery, orgParam, pageQuery, textQuery } from "../schemas/request.ts";
import { changeSchema } from "../schemas/work.ts";

export function registerChangeRoutes(app: OpenAPIHono<AppEnv>): void {
  app.openapi(
    defineRoute(
      "read",
      {
        method: "get",
        path: "/v1/orgs/{org}/changes",
        operationId: "listChanges",
        tags: ["Changes"],
        summary: "Read the field ledger as a feed, oldest first",
        request: {
          params: orgParam,
          query: pageQuery.extend({
            after: numberQuery("Id of the last entry that was read", 0),
            entity: textQuery("Only this kind of row", "project"),
            entity_id: textQuery("Only the row with this id", "20000001"),
          }),
        },
      },
      { 200: json(pageOf(changeSchema), "Entries after `after`; applied in order they rebuild the tables") },
    ),
    async (c) => {
      const { limit, cursor, after = 0, ...filter } = c.req.valid("query");
      const from = cursor === undefined ? after : Number(cursor);
      if (!Number.isSafeInteger(from)) throw invalidCursor();
      const page = { limit, after: from };
      return c.json(await listChanges(c.var.services.db, c.req.valid("param").org, filter, page), 200);
    },
  );
}
