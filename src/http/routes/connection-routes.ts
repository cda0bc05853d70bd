import type { OpenAPIHono } from "@hono/zod-openapi";
import { authorize, disconnect } from "../../sync/connection/connect.ts";
import { connectionReport } from "../../sync/connection/connection-report.ts";
import type { AppEnv } from "../app-env.ts";
import { defineRoute, json } from "../define-route.ts";
import { emptyBodyIsNone } from "../middleware/empty-body.ts";
import { Problem } from "../problems/problem.ts";
import { publicOrigin } from "../public-origin.ts";
import { authorizeSchema, beginConnectionSchema, connectionSchema } from "../schemas/connection.ts";
import { orgParam } from "../schemas/request.ts";

const PATH = "/v1/orgs/{org}/connection";

export function registerConnectionRoutes(app: OpenAPIHono<AppEnv>): void {
  app.use("/v1/orgs/:org/connection", emptyBodyIsNone);

  app.openapi(
    defineRoute(
      "admin",
      {
        method: "post",
        path: PATH,
        operationId: "authorizeConnection",
        tags: ["Connection"],
        summary: "Start connecting",
        description:
          "A grant started with an org's own key ends on a page that asks an administrator of the org to confirm the firm.",
        request: {
          params: orgParam,
          body: { required: false, content: { "application/json": { schema: beginConnectionSchema } } },
        },
      },
      { 200: json(authorizeSchema, "Where to grant access") },
    ),
    async (c) => {
      const { replace_firm: replaceFirm = false } = c.req.valid("json");
      const isAdmin = c.var.principal.kind === "admin";
      if (replaceFirm && !isAdmin) throw new Problem(403, "forbidden", "replace_firm needs the admin key");
      const options = { origin: publicOrigin(c), confirm: !isAdmin, replaceFirm };
      return c.json(await authorize(c.var.services.sync, c.req.valid("param").org, options), 200);
    },
  );

  app.openapi(
    defineRoute(
      "read",
      {
        method: "get",
        path: PATH,
        operationId: "getConnection",
        tags: ["Connection"],
        summary: "Get the state of the connection",
        request: { params: orgParam },
      },
      { 200: json(connectionSchema, "The connection") },
    ),
    async (c) => c.json(await connectionReport(c.var.services.sync, c.req.valid("param").org), 200),
  );

  app.openapi(
    defineRoute(
      "admin",
      {
        method: "delete",
        path: PATH,
        operationId: "disconnect",
        tags: ["Connection"],
        summary: "Cancel the subscriptions and delete the tokens",
        request: { params: orgParam },
      },
      { 204: { description: "Disconnected; rows are kept" } },
    ),
    async (c) => {
      await disconnect(c.var.services.sync, c.req.valid("param").org);
      return c.body(null, 204);
    },
  );
}
