import type { OpenAPIHono } from "@hono/zod-openapi";
import type { AppEnv } from "../app-env.ts";
import { requireScope } from "../middleware/authenticate.ts";
import { methodNotAllowed } from "../not-found.ts";

/** Synced rows cannot be edited here (R6): the answer says where they can. */
export function registerReadOnlyRoutes(app: OpenAPIHono<AppEnv>): void {
  for (const what of ["projects", "contacts", "leads", "team-members"]) {
    app.on(["PUT", "PATCH", "POST", "DELETE"], `/v1/orgs/:org/${what}/:id`, requireScope("read"), (c) => {
      const detail =
        "Synced fields are read-only here: MyCase is where they are edited, and the change arrives by itself.";
      return methodNotAllowed(c, ["GET"], "read_only", detail);
    });
  }
}
