import type { OpenAPIHono } from "@hono/zod-openapi";
import type { ApiPages } from "../api-pages.ts";
import type { AppEnv } from "../app-env.ts";
import { registerApiKeyRoutes } from "./api-key-routes.ts";
import { registerChangeRoutes } from "./change-routes.ts";
import { registerConnectionRoutes } from "./connection-routes.ts";
import { registerContactRoutes } from "./contact-routes.ts";
import { registerDeadLetterRoutes } from "./dead-letter-routes.ts";
import { registerExplainRoutes } from "./explain-routes.ts";
import { registerHealthRoutes } from "./health-routes.ts";
import { registerInsightRoutes } from "./insight-routes.ts";
import { registerLeadRoutes } from "./lead-routes.ts";
import { registerMappingRoutes } from "./mapping-routes.ts";
import { registerMappingVersionRoutes } from "./mapping-version-routes.ts";
import { registerOAuthRoutes } from "./oauth-routes.ts";
import { registerOrgRoutes } from "./org-routes.ts";
import { registerProjectRoutes } from "./project-routes.ts";
import { registerReadOnlyRoutes } from "./read-only-routes.ts";
import { registerResyncRoutes } from "./resync-routes.ts";
import { registerRunRoutes } from "./run-routes.ts";
import { registerSnapshotRoutes } from "./snapshot-routes.ts";
import { registerStatusRoutes } from "./status-routes.ts";
import { registerTeamRoutes } from "./team-routes.ts";

/** Every documented route but the webhook endpoint. */
export function registerRoutes(app: OpenAPIHono<AppEnv>, pages: ApiPages): void {
  registerStatusRoutes(app);
  registerOrgRoutes(app);
  registerApiKeyRoutes(app);
  registerConnectionRoutes(app);
  registerOAuthRoutes(app, pages);
  registerMappingRoutes(app);
  registerMappingVersionRoutes(app);
  registerInsightRoutes(app);
  registerExplainRoutes(app);
  registerProjectRoutes(app);
  registerContactRoutes(app);
  registerLeadRoutes(app);
  registerTeamRoutes(app);
  registerResyncRoutes(app);
  registerRunRoutes(app);
  registerDeadLetterRoutes(app);
  registerChangeRoutes(app);
  registerSnapshotRoutes(app);
  registerHealthRoutes(app);
  registerReadOnlyRoutes(app); // last: it answers every remaining method
}
