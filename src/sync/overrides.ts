import type { Failure } from "../domain/failure.ts";
import type { ProjectRow } from "../domain/rows.ts";
import { scopeOf } from "../domain/scope.ts";
import type { Facts } from "../mapping/facts.ts";
import { err, ok, type Result } from "../platform/result.ts";
import type { SyncContext } from "./context.ts";
import { deriveAndCommit } from "./derive-and-commit.ts";

/** Pins a project's main contact, or unpins it with null; what follows from it is saved in the same commit (R7, D1). */
export async function pinMainContact(
  context: SyncContext,
  org: string,
  caseId: number,
  clientId: number | null,
): Promise<Result<null, Failure>> {
  const scope = scopeOf("case", [caseId]);
  const rows = await context.store.load(org, scope);
  if (rows.projects.length === 0) return err({ kind: "not_found", detail: "Project not found" });
  if (clientId !== null && !rows.clients.some((row) => row.id === clientId && isOnCase(rows, clientId))) {
    return err({ kind: "refused", status: 422, detail: `Client ${clientId} is not on the case.` });
  }
  const amend = (facts: Facts): Facts => ({
    ...facts,
    cases: facts.cases.map((one) => ({
      ...one,
      previous: { ...one.previous, project: pinned(one.previous.project, clientId) },
    })),
  });
  const settled = await deriveAndCommit(context, org, scope, { trigger: "pin", job: null }, rows, amend);
  return settled.ok ? ok(null) : settled;
}

function pinned(project: ProjectRow | null, clientId: number | null): ProjectRow | null {
  return project && { ...project, pinned_contact_id: clientId };
}

function isOnCase(rows: { cases: Record<string, unknown>[] }, clientId: number): boolean {
  const text = rows.cases[0]?.record;
  if (typeof text !== "string") return false;
  const clients = (JSON.parse(text) as { clients?: ({ id?: unknown } | null)[] | null }).clients ?? [];
  return clients.some((one) => one?.id === clientId);
}

/** Hides a team member, or lets the roles decide again with null. An override can hide and never show (R7, R51). */
export async function setVisibilityOverride(
  context: SyncContext,
  org: string,
  staffId: number,
  override: "hidden" | null,
): Promise<Result<null, Failure>> {
  const scope = scopeOf("staff", [staffId]);
  const rows = await context.store.load(org, scope);
  if (rows.teamMembers.length === 0) return err({ kind: "not_found", detail: "Team member not found" });
  const amend = (facts: Facts): Facts => {
    const staff = new Map(facts.staff);
    const own = staff.get(staffId);
    const previous = own?.previous && { ...own.previous, visibility_override: override };
    if (own && previous) staff.set(staffId, { ...own, previous });
    return { ...facts, staff };
  };
  const settled = await deriveAndCommit(context, org, scope, { trigger: "override", job: null }, rows, amend);
  return settled.ok ? ok(null) : settled;
}
