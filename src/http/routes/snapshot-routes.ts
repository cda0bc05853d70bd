import type { OpenAPIHono } from "@hono/zod-openapi";
import { lastSeq } from "../../db/reads/changes.ts";
import { snapshotRows } from "../../db/reads/snapshot.ts";
import { snapshotStream } from "../../feed/snapshot-stream.ts";
import type { AppEnv } from "../app-env.ts";
import { defineRoute, z } from "../define-route.ts";
import { orgParam } from "../schemas/request.ts";

const NDJSON: string = "application/x-ndjson"; // not its literal type: Hono would take it for one JSON value

export function registerSnapshotRoutes(app: OpenAPIHono<AppEnv>): void {
  app.openapi(
    defineRoute(
      "read",
      {
        method: "get",
        path: "/v1/orgs/{org}/snapshot",
        operationId: "getSnapshot",
        tags: ["Changes"],
        summary: "Read every row that a portal shows, as a stream of lines",
        description:
          'The first line is `{"cursor"}`, each further one a row: `{"entity", "entity_id", "row"}`, named as in the feed. ' +
          "The feed read from that cursor on, applied over these rows, gives the tables, whatever changes meanwhile.",
        request: { params: orgParam },
      },
      { 200: { description: "A JSON value a line", content: { [NDJSON]: { schema: z.string() } } } },
    ),
    async (c) => {
      const { db } = c.var.services;
      const { org } = c.req.valid("param");
      const cursor = await lastSeq(db, org); // before the first row is read
      const headers = { "content-type": NDJSON, "cache-control": "private, no-store" };
      return c.body(snapshotStream(cursor, snapshotRows(db, org)), 200, headers);
    },
  );
}
