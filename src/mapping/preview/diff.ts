import type { ContactRow, LeadRow, ProjectRow, TeamMemberRow } from "../../domain/rows.ts";
import type { CaseFacts, Facts } from "../facts.ts";
import type { Outcome } from "../outcome.ts";
import { plan } from "../plan/plan.ts";
import type { Plan } from "../plan/plan-types.ts";
import { addImpact } from "./diff-impact.ts";
import { count, type DiffSample, type DiffTally, emptyDiff } from "./diff-tally.ts";

/** Adds what a plan changes to a tally. Adding the same plan twice counts it once. */
export function addToDiff(tally: DiffTally, changes: Plan, facts: Facts): void {
  const cases = new Map(facts.cases.map((caseFacts) => [caseFacts.case_id, caseFacts]));
  for (const row of changes.projects) addProject(tally, cases.get(row.case_id)?.previous.project ?? null, row);
  const leads = new Map(facts.leads.map((entry) => [entry.lead_id, entry.previous]));
  for (const row of changes.leads) {
    const before = row.source === "case" ? cases.get(row.source_id)?.previous.lead : leads.get(row.source_id);
    addLead(tally, before ?? null, row);
  }
  addLinks(tally, changes, cases);
  for (const row of changes.team_members) addMember(tally, facts.staff.get(row.staff_id)?.previous ?? null, row);
  for (const row of changes.contacts) addContact(tally, facts.clients.get(row.client_id)?.previous ?? null, row);
  addImpact(tally, changes, cases);
}

/** The tally of one derivation. */
export function summarise(facts: Facts, outcome: Outcome): DiffTally {
  const tally = emptyDiff();
  addToDiff(tally, plan(facts, outcome), facts);
  return tally;
}

function addProject({ projects }: DiffTally, before: ProjectRow | null, after: ProjectRow): void {
  const sample = { case_id: after.case_id, name: after.name };
  const add = (kind: keyof DiffTally["projects"]) => count(projects[kind], after.case_id, sample);
  if (before === null) {
    add("created");
    return;
  }
  if (before.project_type !== after.project_type) add("retyped");
  else if (before.phase !== after.phase) add("rephased");
  if (before.enabled && !after.enabled) add("disabled");
  if (!before.enabled && after.enabled) add("enabled");
  if (!before.type_unmapped && after.type_unmapped) add("unmapped");
  if (!before.is_lead && after.is_lead) add("became_lead");
}

function addLead({ leads }: DiffTally, before: LeadRow | null, after: LeadRow): void {
  const was = before !== null && before.deleted_at === null;
  const is = after.deleted_at === null;
  if (was === is) return;
  const id = after.source === "case" ? { case_id: after.source_id } : { lead_id: after.source_id };
  const sample = { ...id, name: fullName(after) };
  count(is ? leads.created : leads.removed, `${after.source}:${after.source_id}`, sample);
}

function addLinks({ contacts }: DiffTally, { contact_links }: Plan, cases: ReadonlyMap<number, CaseFacts>): void {
  const sampleOf = (case_id: number, client_id: number): DiffSample => {
    const facts = cases.get(case_id);
    return { case_id, client_id, name: facts?.mirror?.record?.name ?? facts?.previous.project?.name ?? null };
  };
  for (const { case_id, client_id } of contact_links.upsert) {
    const wasLinked = cases.get(case_id)?.previous.contacts.some((link) => link.client_id === client_id) ?? false;
    if (!wasLinked) count(contacts.linked, `${case_id}:${client_id}`, sampleOf(case_id, client_id));
  }
  for (const { case_id, client_id } of contact_links.remove)
    count(contacts.unlinked, `${case_id}:${client_id}`, sampleOf(case_id, client_id));
}

function addMember({ team }: DiffTally, before: TeamMemberRow | null, after: TeamMemberRow): void {
  const was = before?.visible === true;
  if (was === after.visible) return;
  count(after.visible ? team.shown : team.hidden, after.staff_id, { staff_id: after.staff_id, name: fullName(after) });
}

// Newly reachable: the portal could not reach them through anything linked before, and now can.
function addContact(tally: DiffTally, before: ContactRow | null, after: ContactRow): void {
  if (canReach(before) || !canReach(after)) return;
  count(tally.newly_reachable, after.client_id, { client_id: after.client_id, name: fullName(after) });
}

function canReach(contact: ContactRow | null): boolean {
  return contact?.reachable === true && contact.unlinked_at === null && contact.deleted_at === null;
}

function fullName({ first_name, last_name }: { first_name: string | null; last_name: string | null }): string | null {
  return [first_name, last_name].filter((part) => part !== null).join(" ") || null;
}
