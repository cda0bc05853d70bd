import { OpenAPIHono } from "@hono/zod-openapi";
import { bodyLimit } from "hono/body-limit";
import { requestId } from "hono/request-id";
import { secureHeaders } from "hono/secure-headers";
import type { ApiPages } from "./api-pages.ts";
import type { AppEnv } from "./app-env.ts";
import { wrongMethod } from "./middleware/method-not-allowed.ts";
import { requestLog } from "./middleware/request-log.ts";
import { withServices } from "./middleware/with-services.ts";
import { handleError } from "./problems/error-handler.ts";
import { invalidInput } from "./problems/invalid-input.ts";
import { Problem, problem } from "./problems/problem.ts";
import { registerOpenApi } from "./reference/openapi.ts";
import { registerRoutes } from "./routes/register-routes.ts";
import { registerWebhookRoute } from "./webhook/webhook-receiver.ts";

const MAX_BODY_BYTES = 1024 * 1024;

/** The HTTP API: every route but the console's. Routes validate, call a verb or a read model, and answer. */
export function createApi(pages: ApiPages): OpenAPIHono<AppEnv> {
  const app = new OpenAPIHono<AppEnv>({ defaultHook: invalidInput });
  app.onError(handleError);
  app.notFound((c) => problem(c, 404, "not_found", "Address not found"));
  app.use("*", requestId(), requestLog, secureHeaders(), wrongMethod(app));
  app.use("/metrics", withServices);
  app.use("/webhooks/*", withServices);
  app.use("/oauth/*", withServices);
  app.use("/v1/*", withServices, bodyLimit({ maxSize: MAX_BODY_BYTES, onError: tooLarge }));
  registerWebhookRoute(app);
  registerRoutes(app, pages);
  registerOpenApi(app);
  return app;
}

function tooLarge(): never {
  throw new Problem(413, "too_large", "Body over 1 MiB");
}
