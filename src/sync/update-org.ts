import type { Org, OrgPatch, OrgStore } from "../db/stores/org-store.ts";
import type { SyncContext } from "./context.ts";
import { cancelRun } from "./runs/decide.ts";
import { startRun } from "./runs/start.ts";

/** Changes an org and applies what follows from it to everything pulled. Null when there is no such org. */
export async function updateOrg(
  context: SyncContext,
  orgs: OrgStore,
  id: string,
  patch: OrgPatch,
): Promise<Org | null> {
  const before = await orgs.get(id);
  if (!before) return null;
  await orgs.update(id, patch);
  const after = await orgs.get(id);
  if (!after) return null;
  if (after.pull_lead_objects && !before.pull_lead_objects) await importLeads(context, id);
  if (after.default_country !== before.default_country || after.pull_lead_objects !== before.pull_lead_objects) {
    await startRun(context, id, "mapping", { trigger: "org_settings" });
  }
  return after;
}

/** A backfill that began before lead objects were wanted does not list them: another takes its place. */
async function importLeads(context: SyncContext, org: string): Promise<void> {
  const started = await startRun(context, org, "backfill", { trigger: "org_settings" });
  if (!started.ok || started.value.trigger === "org_settings") return;
  await cancelRun(context, org, started.value.id);
  await startRun(context, org, "backfill", { trigger: "org_settings" });
}
