import type { OpenAPIHono } from "@hono/zod-openapi";
import { csrf } from "hono/csrf";
import { secureHeaders } from "hono/secure-headers";
import type { AppEnv } from "../http/app-env.ts";
import { withServices } from "../http/middleware/with-services.ts";
import { registerAssets } from "./assets/routes.ts";
import { registerConfirmFirm } from "./confirm-firm.tsx";
import { errorPages } from "./error-pages.tsx";
import { registerActions } from "./routes/actions.tsx";
import { registerMappingPages } from "./routes/mapping.tsx";
import { registerPages } from "./routes/pages.tsx";
import { registerPeoplePages } from "./routes/people.tsx";
import { registerSessionRoutes } from "./routes/session-routes.tsx";
import { registerSettingsPages } from "./routes/settings.tsx";

const CONTENT_SECURITY_POLICY = {
  defaultSrc: ["'none'"],
  styleSrc: ["'self'"],
  scriptSrc: ["'self'"],
  connectSrc: ["'self'"],
  imgSrc: ["'self'", "data:"],
  formAction: ["'self'"],
  baseUri: ["'none'"],
  frameAncestors: ["'none'"],
};

/** The console: pages for a firm's administrators, behind a session. */
export function registerConsole(app: OpenAPIHono<AppEnv>): void {
  app.get("/", (c) => c.redirect("/console"));
  const headers = secureHeaders({ contentSecurityPolicy: CONTENT_SECURITY_POLICY });
  app.use("/console/*", errorPages, withServices, headers, csrf());
  registerAssets(app);
  registerConfirmFirm(app);
  registerSessionRoutes(app);
  registerPages(app);
  registerPeoplePages(app);
  registerMappingPages(app);
  registerSettingsPages(app);
  registerActions(app);
}
