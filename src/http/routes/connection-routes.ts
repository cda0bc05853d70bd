import type { OpenAPIHono } from "@hono/zod-openapi";
import { browserSecret } from "../../console/grant-cookie.ts";
import { authorize, disconnect, finishConnection, OAUTH_CALLBACK_PATH } from "../../sync/connection/connect.ts";
import { connectionReport } from "../../sync/connection/connection-report.ts";
import type { AppEnv } from "../app-env.ts";
import { defineRoute, json, z } from "../define-route.ts";
import { recordFailedAttempt, rejectIfThrottled } from "../failed-attempts.ts";
import { failureProblem } from "../failure-problem.ts";
import { Problem } from "../problem.ts";
import { publicOrigin } from "../public-origin.ts";
import { connectionSchema } from "../schemas/access.ts";
import { orgParam } from "../schemas/common.ts";

const tags: [string] = ["Connection"];
const path = "/v1/orgs/{org}/connection";

const start = defineRoute(
  "admin",
  {
    method: "post",
    path,
    tags,
    summary: "Begin to connect: the address to open in a browser",
    request: { params: orgParam },
  },
  { 200: json(z.object({ authorize_url: z.string() }), "Good for ten minutes, once") },
);
const read = defineRoute(
  "read",
  { method: "get", path, tags, summary: "Connection health", request: { params: orgParam } },
  { 200: json(connectionSchema, "How the connection does, and since when") },
);
const remove = defineRoute(
  "admin",
  {
    method: "delete",
    path,
    tags,
    summary: "Cancel the subscriptions and forget the tokens",
    request: { params: orgParam },
  },
  { 204: { description: "Disconnected; rows stay as last known" } },
);
const callback = defineRoute(
  "nobody asked",
  {
    method: "get",
    path: OAUTH_CALLBACK_PATH,
    tags,
    summary: "Where MyCase sends the browser back",
    request: {
      query: z.object({ code: z.string().optional(), state: z.string().optional(), error: z.string().optional() }),
    },
  },
  { 302: { description: "To the console" } },
);

export function registerConnectionRoutes(app: OpenAPIHono<AppEnv>): void {
  app.openapi(start, async (c) => {
    const { sync } = c.var.services;
    return c.json(await authorize(sync, c.req.valid("param").org, publicOrigin(c)), 200);
  });
  app.openapi(read, async (c) => c.json(await connectionReport(c.var.services.sync, c.req.valid("param").org), 200));
  app.openapi(remove, async (c) => {
    await disconnect(c.var.services.sync, c.req.valid("param").org);
    return c.body(null, 204);
  });
  app.openapi(callback, async (c) => {
    const { code, state, error } = c.req.valid("query");
    if (error !== undefined) throw new Problem(400, "access_denied", "MyCase says that access was not granted.");
    rejectIfThrottled(c);
    if (!code || !state) throw new Problem(400, "invalid_state", "The address lacks the code or the state.");
    const finished = await finishConnection(c.var.services.sync, state, code, browserSecret(c));
    if (finished.ok) return c.redirect(`/console/orgs/${finished.value.org}`, 302);
    if (finished.failure.kind === "refused") recordFailedAttempt(c);
    if (finished.failure.kind === "refused") throw new Problem(400, "invalid_state", finished.failure.detail);
    if (finished.failure.kind === "reauthorization_required") {
      throw new Problem(400, "code_refused", "MyCase does not accept the code; connect again.");
    }
    throw failureProblem(finished.failure);
  });
}
