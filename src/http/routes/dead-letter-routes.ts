import type { OpenAPIHono } from "@hono/zod-openapi";
import { asPage } from "../../db/reads/cursor.ts";
import { replayDeadLetter, replayDeadLetters } from "../../sync/replay-dead-letters.ts";
import type { AppEnv } from "../app-env.ts";
import { defineRoute, json, z } from "../define-route.ts";
import { pageIn, textCursor } from "../page-cursor.ts";
import { notFound } from "../problems/not-found.ts";
import { pageOf } from "../schemas/page.ts";
import { orgParam, pageQuery, textParam, textQuery } from "../schemas/request.ts";
import { deadLetterSchema, replayedSchema } from "../schemas/work.ts";

const PATH = "/v1/orgs/{org}/dead-letters";
const code = textQuery("Only those with this code", "malformed");

export function registerDeadLetterRoutes(app: OpenAPIHono<AppEnv>): void {
  app.openapi(
    defineRoute(
      "read",
      {
        method: "get",
        path: PATH,
        operationId: "listDeadLetters",
        tags: ["Work"],
        summary: "List open dead letters by id",
        request: { params: orgParam, query: pageQuery.extend({ code }) },
      },
      { 200: json(pageOf(deadLetterSchema), "What could not be processed, and why") },
    ),
    async (c) => {
      const { limit, cursor, code: only } = c.req.valid("query");
      const filter = only === undefined ? {} : { code: only };
      const rows = await c.var.services.sync.deadLetters.list(c.req.valid("param").org, {
        limit: limit + 1,
        after: textCursor("dead-letters", cursor),
        ...filter,
      });
      const page = asPage(rows, limit, (row) => row.id);
      return c.json(pageIn("dead-letters", page), 200);
    },
  );

  app.openapi(
    defineRoute(
      "sync",
      {
        method: "post",
        path: `${PATH}/replay`,
        operationId: "replayDeadLetters",
        tags: ["Work"],
        summary: "Process all open dead letters again, or those of one code",
        request: { params: orgParam, query: z.strictObject({ code }) },
      },
      { 202: json(replayedSchema, "Queued again") },
    ),
    async (c) => {
      const only = c.req.valid("query").code;
      const replayed = await replayDeadLetters(c.var.services.sync, c.req.valid("param").org, only);
      return c.json({ replayed }, 202);
    },
  );

  app.openapi(
    defineRoute(
      "sync",
      {
        method: "post",
        path: `${PATH}/{id}/replay`,
        operationId: "replayDeadLetter",
        tags: ["Work"],
        summary: "Process a dead letter again",
        request: { params: textParam("id", "Id of the dead letter", "0b7e") },
      },
      { 202: json(replayedSchema, "Queued again") },
    ),
    async (c) => {
      const { org, id } = c.req.valid("param");
      const replayed = await replayDeadLetter(c.var.services.sync, org, id);
      if (!replayed) throw notFound("Open dead letter");
      return c.json({ replayed: 1 }, 202);
    },
  );
}
