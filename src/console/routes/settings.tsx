import { type OpenAPIHono, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import type { AppEnv } from "../../http/app-env.ts";
import { createApiKey } from "../../http/create-api-key.ts";
import { notFound, orNotFound } from "../../http/problems/not-found.ts";
import { Problem } from "../../http/problems/problem.ts";
import { newApiKeySchema } from "../../http/schemas/api-key.ts";
import { orgPatchSchema } from "../../http/schemas/org.ts";
import { purgeOrg } from "../../sync/connection/purge-org.ts";
import { webhookReport } from "../../sync/health/webhook-report.ts";
import { updateOrg } from "../../sync/update-org.ts";
import type { OrgViewer } from "../layout.tsx";
import { SettingsPage } from "../pages/settings/page.tsx";
import { WebhooksPage } from "../pages/webhooks/page.tsx";
import { formOf, orgAction, orgPage } from "./org-route.ts";

const MAX_KEYS_SHOWN = 200;
const HOURS_SHOWN = 24;

const settingsForm = z.object({
  name: z.string(),
  timezone: z.string(),
  default_country: z.string(),
  pull_lead_objects: z.literal("true").optional(),
});
const keyForm = z.object({ name: z.string(), scopes: z.string() });

/** Settings, API keys and webhook statistics of an org. */
export function registerSettingsPages(app: OpenAPIHono<AppEnv>): void {
  orgPage(app, "/webhooks", async (c, viewer) => {
    const report = await webhookReport(c.var.services.sync, viewer.org, HOURS_SHOWN);
    return c.html(<WebhooksPage viewer={viewer} report={report} hours={HOURS_SHOWN} />);
  });
  orgPage(app, "/settings", async (c, viewer) => {
    if (!viewer.canAdmin) throw new Problem(403, "forbidden", 'Key with scope "admin" required');
    return c.html(await settingsPage(c, viewer, null));
  });
  orgAction(app, "/settings", "admin", async (c, { org }) => {
    const { pull_lead_objects, ...form } = await formOf(c, settingsForm);
    const patch = orgPatchSchema.safeParse({ ...form, pull_lead_objects: pull_lead_objects === "true" });
    if (!patch.success) throw invalid(patch.error);
    const given = Object.fromEntries(Object.entries(patch.data).filter(([, value]) => value !== undefined));
    orNotFound(await updateOrg(c.var.services.sync, c.var.services.orgs, org, given), "Org");
    return c.redirect(`/console/orgs/${org}/settings`, 303);
  });
  orgAction(app, "/keys", "admin", async (c, viewer) => {
    const { name, scopes } = await formOf(c, keyForm);
    const fields = newApiKeySchema.safeParse({ name, scopes: [scopes] });
    if (!fields.success) throw invalid(fields.error);
    const { key } = await createApiKey(c.var.services, viewer.org, fields.data);
    return c.html(await settingsPage(c, viewer, key));
  });
  orgAction(app, "/keys/:id/revoke", "admin", async (c, { org }) => {
    if (!(await c.var.services.apiKeys.remove(org, c.req.param("id") ?? ""))) throw notFound("Key");
    return c.redirect(`/console/orgs/${org}/settings`, 303);
  });
  orgAction(app, "/delete", "admin", async (c, { org }) => {
    if (c.var.principal.kind !== "admin") throw new Problem(403, "forbidden", "Admin key required");
    const { confirm } = await formOf(c, z.object({ confirm: z.string() }));
    if (confirm !== org) throw new Problem(422, "not_confirmed", `Type "${org}" to delete it`);
    await purgeOrg(c.var.services.sync, org);
    return c.redirect("/console", 303);
  });
}

async function settingsPage(c: Context<AppEnv>, viewer: OrgViewer, newKey: string | null) {
  const { orgs, apiKeys } = c.var.services;
  const [org, keys] = await Promise.all([
    orgs.get(viewer.org),
    apiKeys.list(viewer.org, { limit: MAX_KEYS_SHOWN, after: null }),
  ]);
  const canDelete = c.var.principal.kind === "admin";
  return (
    <SettingsPage viewer={viewer} org={orNotFound(org, "Org")} keys={keys} newKey={newKey} canDelete={canDelete} />
  );
}

function invalid(error: z.ZodError): Problem {
  const [issue] = error.issues;
  return new Problem(422, "invalid_request", `${issue?.path.join(".")} ${issue?.message}`);
}
