import type { OpenAPIHono } from "@hono/zod-openapi";
import type { AppEnv } from "../app-env.ts";
import { requireScope } from "../middleware/authenticate.ts";
import { methodProblem } from "../middleware/method-not-allowed.ts";

const DETAIL = "Synced fields are read-only here; edit them in MyCase and the change syncs automatically";

/** Synced rows cannot be edited here (R6): every other method is refused, naming MyCase as the place to edit. */
export function registerReadOnlyRoutes(app: OpenAPIHono<AppEnv>): void {
  for (const rows of ["projects", "contacts", "leads", "team-members"]) {
    app.all(`/v1/orgs/:org/${rows}/:id`, requireScope("read"), (c) =>
      methodProblem(c, ["GET", "HEAD"], "read_only", DETAIL),
    );
  }
}
