import type { OpenAPIHono } from "@hono/zod-openapi";
import type { Context } from "hono";
import type { ApiKeyScope } from "../../db/stores/api-key-store.ts";
import type { AppEnv } from "../../http/app-env.ts";
import { notFound } from "../../http/not-found.ts";
import type { OrgViewer } from "../layout.tsx";
import { requireViewer } from "../require-viewer.ts";

type Handler = (c: Context<AppEnv>, viewer: OrgViewer) => Response | Promise<Response>;

/** A page of an org, at a path below `/console/orgs/{org}`; without a session the login page comes first. */
export function orgPage(app: OpenAPIHono<AppEnv>, path: string, handler: Handler): void {
  app.get(`/console/orgs/:org${path}`, async (c) => {
    const viewer = await requireViewer(c, "read");
    return viewer ? handler(c, viewer) : c.redirect("/console/login");
  });
}

/** A form of an org that needs a scope. */
export function orgAction(app: OpenAPIHono<AppEnv>, path: string, scope: ApiKeyScope, handler: Handler): void {
  app.post(`/console/orgs/:org${path}`, async (c) => {
    const viewer = await requireViewer(c, scope);
    return viewer ? handler(c, viewer) : c.redirect("/console/login", 303);
  });
}

/** The case id in the path. */
export function caseIdOf(c: Context<AppEnv>): number {
  const id = Number(c.req.param("case"));
  if (!Number.isSafeInteger(id) || id < 1) throw notFound("Case");
  return id;
}
