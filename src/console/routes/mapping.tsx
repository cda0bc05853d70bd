import type { OpenAPIHono } from "@hono/zod-openapi";
import type { Context } from "hono";
import type { AppEnv } from "../../http/app-env.ts";
import { mappingProblem } from "../../http/present/mapping.ts";
import { notFound, orNotFound } from "../../http/problems/not-found.ts";
import { Problem } from "../../http/problems/problem.ts";
import { mappingDocument } from "../../mapping/document/schema.ts";
import {
  changeMapping,
  type MappingRefusal,
  previewMapping,
  restoreMapping,
} from "../../sync/mapping/change-mapping.ts";
import { parseMapping } from "../../sync/org-config.ts";
import type { OrgViewer } from "../layout.tsx";
import { type Draft, EMPTY_DRAFT, isDraft } from "../pages/mapping/draft.ts";
import { FieldsPage } from "../pages/mapping/fields-page.tsx";
import { MappingPage } from "../pages/mapping/page.tsx";
import { PreviewPage } from "../pages/mapping/preview-page.tsx";
import { type Form, pressed, readDraft, readFields, textOf } from "../pages/mapping/read-draft.ts";
import { loadSeen } from "../pages/mapping/sections.ts";
import { type MappingProblem, ValuesPage } from "../pages/mapping/values-page.tsx";
import { idOf, orgAction, orgPage } from "./org-route.ts";

const MAX_VERSIONS_SHOWN = 50;

/** A draft, and the version it was made from: 0 for an org without a mapping. */
interface Edited {
  draft: Draft;
  version: number;
}

/** The mapping in two steps, with a preview before every save; the verbs are those of the API. */
export function registerMappingPages(app: OpenAPIHono<AppEnv>): void {
  orgPage(app, "/mapping", async (c, viewer) => c.html(await overviewPage(c, viewer, [])));
  orgPage(app, "/mapping/export", async (c, { org }) => {
    const { draft } = orNotFound(await currentOf(c, org), "Mapping");
    const headers = { "content-disposition": `attachment; filename="mapping-${org}.json"` };
    return c.body(JSON.stringify(draft, null, 2), 200, { "content-type": "application/json", ...headers });
  });
  orgPage(app, "/mapping/fields", async (c, viewer) => fieldsPage(c, viewer, await startOf(c, viewer.org)));
  orgPage(app, "/mapping/values", async (c, viewer) => valuesPage(c, viewer, await startOf(c, viewer.org), []));
  orgAction(app, "/mapping/values", "admin", async (c, viewer) => {
    const form = await c.req.parseBody({ all: true });
    const edited = { draft: pressed(form, draftOf(form)), version: versionOf(form) };
    const action = textOf(form, "action");
    if (action === "preview") return previewPage(c, viewer, edited);
    return action === "fields" ? fieldsPage(c, viewer, edited) : valuesPage(c, viewer, edited, []);
  });
  orgAction(app, "/mapping/import", "admin", async (c, viewer) => {
    const form = await c.req.parseBody({ all: true });
    const document = mappingDocument.safeParse(jsonOf(textOf(form, "document")));
    if (!document.success) return c.html(await overviewPage(c, viewer, problemsOf(document.error.issues)), 422);
    return previewPage(c, viewer, { draft: document.data, version: versionOf(form) });
  });
  orgAction(app, "/mapping/versions/:n/preview", "admin", async (c, viewer) => {
    const restored = idOf(c, "n", "Version");
    const stored = orNotFound(await c.var.services.mappings.version(viewer.org, restored), "Version");
    const { version } = await startOf(c, viewer.org);
    return previewPage(c, viewer, { draft: parseMapping(stored.document), version }, restored);
  });
  orgAction(app, "/mapping/apply", "admin", async (c, viewer) => {
    const form = await c.req.parseBody({ all: true });
    const { sync, mappings } = c.var.services;
    const edited = { draft: draftOf(form), version: versionOf(form) };
    const document = mappingDocument.safeParse(edited.draft);
    if (!document.success) return valuesPage(c, viewer, edited, problemsOf(document.error.issues));
    const restored = Number(textOf(form, "restored")) || null;
    const options = {
      confirm: textOf(form, "confirm") === "yes",
      expected: edited.version === 0 ? null : edited.version,
    };
    const changed =
      restored === null
        ? await changeMapping(sync, mappings, viewer.org, document.data, options)
        : await restoreMapping(sync, mappings, viewer.org, restored, options);
    if (changed === null) throw notFound("Version");
    if (changed.ok) return c.redirect(`/console/orgs/${viewer.org}/runs`, 303);
    return refusedPage(c, viewer, edited, changed.failure, restored);
  });
}

async function currentOf(c: Context<AppEnv>, org: string): Promise<Edited | null> {
  const current = await c.var.services.mappings.current(org);
  return current && { draft: parseMapping(current.document), version: current.version };
}

async function startOf(c: Context<AppEnv>, org: string): Promise<Edited> {
  return (await currentOf(c, org)) ?? { draft: EMPTY_DRAFT, version: 0 };
}

function versionOf(form: Form): number {
  return Number(textOf(form, "expected")) || 0;
}

/** The draft of a form: its document with the fields of step 1, or all that step 2 asked. */
function draftOf(form: Form): Draft {
  if (form.document === undefined) return readDraft(form);
  const draft = jsonOf(textOf(form, "document"));
  if (!isDraft(draft)) throw new Problem(400, "invalid_form", "The form was incomplete; go back and send it again");
  return textOf(form, "step") === "fields" ? readFields(form, draft) : draft;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function problemsOf(issues: readonly { path: readonly PropertyKey[]; message: string }[]): MappingProblem[] {
  return issues.map(({ path, message }) => ({ path: path.map(String).join("."), message }));
}

async function overviewPage(c: Context<AppEnv>, viewer: OrgViewer, problems: MappingProblem[]) {
  const versions = await c.var.services.mappings.list(viewer.org, { limit: MAX_VERSIONS_SHOWN, before: null });
  const current = await currentOf(c, viewer.org);
  return <MappingPage viewer={viewer} current={current} versions={versions} problems={problems} />;
}

async function fieldsPage(c: Context<AppEnv>, viewer: OrgViewer, { draft, version }: Edited) {
  const seen = await loadSeen(c.var.services, viewer.org);
  return c.html(<FieldsPage viewer={viewer} draft={draft} version={version} seen={seen} />);
}

async function valuesPage(c: Context<AppEnv>, viewer: OrgViewer, edited: Edited, problems: MappingProblem[]) {
  const seen = await loadSeen(c.var.services, viewer.org);
  const page = <ValuesPage viewer={viewer} {...edited} seen={seen} problems={problems} />;
  return c.html(page, problems.length === 0 ? 200 : 422);
}

async function previewPage(c: Context<AppEnv>, viewer: OrgViewer, edited: Edited, restored: number | null = null) {
  const document = mappingDocument.safeParse(edited.draft);
  if (!document.success) return valuesPage(c, viewer, edited, problemsOf(document.error.issues));
  const preview = await previewMapping(c.var.services.sync, viewer.org, document.data);
  if (!preview.ok) return refusedPage(c, viewer, edited, preview.failure, restored);
  const seen = await loadSeen(c.var.services, viewer.org);
  const shown = { ...edited, restored, seen, preview: preview.value, guarded: false };
  return c.html(<PreviewPage viewer={viewer} {...shown} />);
}

/** A refusal as the page on which it can be settled; what cannot be settled there is an error page. */
async function refusedPage(
  c: Context<AppEnv>,
  viewer: OrgViewer,
  edited: Edited,
  failure: MappingRefusal,
  restored: number | null,
) {
  if (failure.kind === "invalid_mapping") return valuesPage(c, viewer, edited, failure.errors);
  if (failure.kind !== "blast_guard") throw mappingProblem(failure);
  const seen = await loadSeen(c.var.services, viewer.org);
  const shown = { ...edited, restored, seen, preview: failure, guarded: true };
  return c.html(<PreviewPage viewer={viewer} {...shown} />, 409);
}
