import type { OpenAPIHono } from "@hono/zod-openapi";
import { OAUTH_CALLBACK_PATH } from "../../sync/connection/connect.ts";
import { finishConnection } from "../../sync/connection/finish-connection.ts";
import type { ApiPages } from "../api-pages.ts";
import type { AppEnv } from "../app-env.ts";
import { defineRoute, problemAnswer, z } from "../define-route.ts";
import { browserSecret } from "../grant-cookie.ts";
import { recordFailedAttempt, rejectIfThrottled } from "../middleware/failed-attempts.ts";
import { grantProblem } from "../problems/grant-problem.ts";
import { orNotFound } from "../problems/not-found.ts";
import { Problem } from "../problems/problem.ts";
import { textQuery } from "../schemas/request.ts";

export function registerOAuthRoutes(app: OpenAPIHono<AppEnv>, pages: ApiPages): void {
  app.openapi(
    defineRoute(
      "public",
      {
        method: "get",
        path: OAUTH_CALLBACK_PATH,
        operationId: "finishConnection",
        tags: ["Connection"],
        summary: "Finish connecting; MyCase sends the browser here",
        request: {
          query: z.object({
            code: textQuery("Authorization code"),
            state: textQuery("The state that the grant was started with"),
            error: textQuery("Why access was not granted"),
          }),
        },
      },
      {
        200: {
          description: "A page that asks an administrator of the org to confirm the firm; nothing is stored yet",
          content: { "text/html": { schema: z.string() } },
        },
        302: { description: "Connected; to the console" },
        409: problemAnswer("The connection's state does not allow it; see `code`"),
        429: problemAnswer("Too many failed attempts from this address"),
        502: problemAnswer("MyCase answered in a form that cannot be used"),
      },
    ),
    async (c) => {
      const { code, state, error } = c.req.valid("query");
      if (error !== undefined) throw new Problem(400, "access_denied", "Access was not granted in MyCase");
      rejectIfThrottled(c);
      if (!code || !state) throw new Problem(400, "invalid_state", "Code or state missing");
      const finished = await finishConnection(c.var.services.sync, state, code, browserSecret(c));
      if (!finished.ok) {
        if (finished.failure.kind === "refused") await recordFailedAttempt(c);
        throw grantProblem(finished.failure);
      }
      const { org: id, kind } = finished.value;
      if (kind === "connected") return c.redirect(`/console/orgs/${id}`, 302);
      const org = orNotFound(await c.var.services.orgs.get(id), "Org");
      const { firm, offer } = finished.value;
      return c.html(await pages.confirmFirm({ org, firm, offer, refused: false }), 200);
    },
  );
}
