import type { Failure } from "../domain/failure.ts";
import type { ProjectRow } from "../domain/rows.ts";
import { scopeOf } from "../domain/scope.ts";
import type { CaseFacts, Facts } from "../mapping/facts.ts";
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
  const loaded = await context.store.load(org, scope);
  if (!loaded.facts.cases[0]?.previous.project) return err({ kind: "not_found", detail: "Project not found" });
  if (clientId !== null && !(loaded.facts.clients.get(clientId)?.mirror && isOnCase(loaded.facts.cases, clientId))) {
    return err({ kind: "refused", status: 422, detail: `Client ${clientId} is not on the case.` });
  }
  const override = (facts: Facts): Facts => ({
    ...facts,
    cases: facts.cases.map(({ previous, ...rest }) => ({
      ...rest,
      previous: { ...previous, project: pinned(previous.project, clientId) },
    })),
  });
  const committed = await deriveAndCommit(context, {
    org,
    scope,
    cause: { trigger: "pin", job: null },
    loaded,
    override,
  });
  return committed.ok ? ok(null) : committed;
}

function pinned(project: ProjectRow | null, clientId: number | null): ProjectRow | null {
  return project && { ...project, pinned_contact_id: clientId };
}

function isOnCase([project]: CaseFacts[], clientId: number): boolean {
  return project?.mirror?.record?.clients.some(({ id }) => id === clientId) ?? false;
}

/** Hides a team member, or lets the roles decide again with null. An override can hide and never show (R7, R51). */
export async function setVisibilityOverride(
  context: SyncContext,
  org: string,
  staffId: number,
  visibility: "hidden" | null,
): Promise<Result<null, Failure>> {
  const scope = scopeOf("staff", [staffId]);
  const loaded = await context.store.load(org, scope);
  if (!loaded.facts.staff.get(staffId)?.previous) return err({ kind: "not_found", detail: "Team member not found" });
  const override = (facts: Facts): Facts => {
    const staff = new Map(facts.staff);
    const member = staff.get(staffId);
    const previous = member?.previous && { ...member.previous, visibility_override: visibility };
    if (member && previous) staff.set(staffId, { ...member, previous });
    return { ...facts, staff };
  };
  const cause = { trigger: "override", job: null } as const;
  const committed = await deriveAndCommit(context, { org, scope, cause, loaded, override });
  return committed.ok ? ok(null) : committed;
}
