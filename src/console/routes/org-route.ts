import type { OpenAPIHono, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import type { ApiKeyScope } from "../../db/stores/api-key-store.ts";
import type { AppEnv } from "../../http/app-env.ts";
import { notFound } from "../../http/problems/not-found.ts";
import { Problem } from "../../http/problems/problem.ts";
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

/** The fields of a form; one that the console's own pages do not send is refused. */
export async function formOf<S extends z.ZodType>(c: Context<AppEnv>, schema: S): Promise<z.output<S>> {
  const form = schema.safeParse(await c.req.parseBody({ all: true }));
  if (!form.success) throw new Problem(400, "invalid_form", "The form was incomplete; go back and send it again");
  return form.data;
}

/** The MyCase id in the path, under this name; `what` is not found otherwise. */
export function idOf(c: Context<AppEnv>, name: string, what: string): number {
  const id = Number(c.req.param(name));
  if (!Number.isSafeInteger(id) || id < 1) throw notFound(what);
  return id;
}

export function caseIdOf(c: Context<AppEnv>): number {
  return idOf(c, "case", "Case");
}
