import type { OpenAPIHono } from "@hono/zod-openapi";
import { listChanges } from "../../db/reads/changes.ts";
import type { AppEnv } from "../app-env.ts";
import { defineRoute, json, z } from "../define-route.ts";
import { Problem } from "../problem.ts";
import { orgParam, pageOf, pageQuery } from "../schemas/common.ts";
import { changeSchema } from "../schemas/work.ts";

const wholeNumber = z.coerce.number().int().min(0).optional().openapi({ type: "integer" });

const changes = defineRoute(
  "read",
  {
    method: "get",
    path: "/v1/orgs/{org}/changes",
    tags: ["Changes"],
    summary: "The field ledger as a feed, oldest first",
    request: {
      params: orgParam,
      query: pageQuery.extend({ after: wholeNumber, entity: z.string().optional(), entity_id: z.string().optional() }),
    },
  },
  { 200: json(pageOf(changeSchema), "Entries after `after`; applied in order they rebuild the tables") },
);

export function registerChangeRoutes(app: OpenAPIHono<AppEnv>): void {
  app.openapi(changes, async (c) => {
    const { limit, cursor, after, ...filter } = c.req.valid("query");
    const from = cursor === undefined ? (after ?? 0) : Number(cursor);
    if (!Number.isSafeInteger(from)) throw new Problem(400, "invalid_request", "This cursor is not one of ours.");
    return c.json(await listChanges(c.var.services.db, c.req.valid("param").org, filter, { limit, after: from }), 200);
  });
}
