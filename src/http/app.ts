import { OpenAPIHono } from "@hono/zod-openapi";
import { bodyLimit } from "hono/body-limit";
import { secureHeaders } from "hono/secure-headers";
import { registerConsole } from "../console/routes.tsx";
import type { AppEnv } from "./app-env.ts";
import { handleError } from "./error-handler.ts";
import { invalidInput } from "./invalid-input.ts";
import { requestLog } from "./middleware/request-log.ts";
import { withServices } from "./middleware/with-services.ts";
import { notFoundHandler } from "./not-found.ts";
import { registerOpenApi } from "./openapi.ts";
import { Problem } from "./problem.ts";
import { registerApiKeyRoutes } from "./routes/api-key-routes.ts";
import { registerChangeRoutes } from "./routes/change-routes.ts";
import { registerConnectionRoutes } from "./routes/connection-routes.ts";
import { registerHealthRoutes } from "./routes/health-routes.ts";
import { registerInsightRoutes } from "./routes/insight-routes.ts";
import { registerMappingRoutes } from "./routes/mapping-routes.ts";
import { registerOrgRoutes } from "./routes/org-routes.ts";
import { registerPeopleRoutes } from "./routes/people-routes.ts";
import { registerProjectRoutes } from "./routes/project-routes.ts";
import { registerReadOnlyRoutes } from "./routes/read-only-routes.ts";
import { registerStatusRoutes } from "./routes/status-routes.ts";
import { registerWorkRoutes } from "./routes/work-routes.ts";
import { registerWebhookRoute } from "./webhook-receiver.ts";

const LARGEST_BODY_BYTES = 1024 * 1024;

/** The HTTP door: every route of the contract. Routes validate, call a verb or a read model, and answer. */
export function createApp(): OpenAPIHono<AppEnv> {
  const app = new OpenAPIHono<AppEnv>({ defaultHook: invalidInput });
  app.onError(handleError);
  app.notFound(notFoundHandler(app));
  app.use("*", requestLog, secureHeaders());
  registerStatusRoutes(app);
  app.use("/metrics", withServices);
  app.use("/webhooks/*", withServices);
  app.use("/oauth/*", withServices);
  app.use("/v1/*", withServices, bodyLimit({ maxSize: LARGEST_BODY_BYTES, onError: tooLarge }));
  registerWebhookRoute(app);
  registerConnectionRoutes(app);
  registerOrgRoutes(app);
  registerApiKeyRoutes(app);
  registerMappingRoutes(app);
  registerInsightRoutes(app);
  registerProjectRoutes(app);
  registerPeopleRoutes(app);
  registerWorkRoutes(app);
  registerChangeRoutes(app);
  registerHealthRoutes(app);
  registerReadOnlyRoutes(app);
  registerOpenApi(app);
  registerConsole(app);
  return app;
}

function tooLarge(): never {
  throw new Problem(413, "too_large", "A request may have at most 1 MiB.");
}
