import type { CaseFacts, Facts } from "../facts.ts";
import { isLive, liveLeadContact } from "../is-live.ts";
import type { CaseOutcome, Outcome } from "../outcome.ts";
import { diffRow, removalEntry } from "./ledger.ts";
import { compareLinks } from "./plan-links.ts";
import type { Entity, Plan } from "./plan-types.ts";

/** What has to be written so that the tables become the outcome, with its ledger; empty when nothing differs (R3, R60). */
export function plan(facts: Facts, outcome: Outcome): Plan {
  const plan = emptyPlan();
  const relinked = new Set<number>();
  const before = new Map(facts.cases.map((caseFacts) => [caseFacts.case_id, caseFacts]));
  for (const after of outcome.cases) {
    const caseFacts = before.get(after.case_id);
    if (caseFacts === undefined) continue;
    planCase(plan, caseFacts, after);
    collectRelinked(relinked, caseFacts.previous, after);
  }
  for (const row of outcome.contacts) {
    const previous = facts.clients.get(row.client_id)?.previous ?? null;
    if (addEntries(plan, "contact", String(row.client_id), previous, row)) plan.contacts.push(row);
  }
  for (const row of outcome.team_members) {
    const previous = facts.staff.get(row.staff_id)?.previous ?? null;
    if (addEntries(plan, "team_member", String(row.staff_id), previous, row)) plan.team_members.push(row);
  }
  const leads = new Map(facts.leads.map((entry) => [entry.lead_id, entry.previous]));
  for (const row of outcome.leads)
    if (addEntries(plan, "lead", `lead:${row.source_id}`, leads.get(row.source_id) ?? null, row)) plan.leads.push(row);
  plan.relinked = [...relinked].sort((a, b) => a - b);
  return plan;
}

/** A plan that changes nothing. */
function emptyPlan(): Plan {
  return {
    projects: [],
    leads: [],
    contacts: [],
    team_members: [],
    contact_links: { upsert: [], remove: [] },
    team_links: { upsert: [], remove: [] },
    relinked: [],
    ledger: [],
  };
}

/** Whether a plan changes nothing: every change has its ledger entry. */
export function isEmpty(plan: Plan): boolean {
  return plan.ledger.length === 0;
}

function addEntries<T extends object>(plan: Plan, entity: Entity, id: string, before: T | null, after: T): boolean {
  const entries = diffRow(entity, id, before, after);
  plan.ledger.push(...entries);
  return entries.length > 0;
}

function planCase(plan: Plan, { case_id, previous }: CaseFacts, after: CaseOutcome): void {
  if (after.project !== null && addEntries(plan, "project", String(case_id), previous.project, after.project))
    plan.projects.push(after.project);
  const contacts = compareLinks(previous.contacts, after.contacts, (link) => link.client_id);
  for (const link of contacts.upsert) {
    addEntries(plan, "project_contact", `${case_id}:${link.after.client_id}`, link.before, link.after);
    plan.contact_links.upsert.push({ case_id, ...link.after });
  }
  for (const link of contacts.remove) {
    plan.ledger.push(removalEntry("project_contact", `${case_id}:${link.client_id}`, link));
    plan.contact_links.remove.push({ case_id, client_id: link.client_id });
  }
  const team = compareLinks(previous.team, after.team, (link) => link.staff_id);
  for (const link of team.upsert) {
    addEntries(plan, "project_team_member", `${case_id}:${link.after.staff_id}`, link.before, link.after);
    plan.team_links.upsert.push({ case_id, ...link.after });
  }
  for (const link of team.remove) {
    plan.ledger.push(removalEntry("project_team_member", `${case_id}:${link.staff_id}`, link));
    plan.team_links.remove.push({ case_id, staff_id: link.staff_id });
  }
  if (after.lead !== null && addEntries(plan, "lead", `case:${case_id}`, previous.lead, after.lead))
    plan.leads.push(after.lead);
}

// A contact's kind and unlinked_at hang on these, also on cases outside this scope.
function collectRelinked(relinked: Set<number>, before: CaseFacts["previous"], after: CaseOutcome): void {
  const linksBefore = linkKindsOf(before);
  const linksAfter = linkKindsOf(after);
  for (const [id, kind] of linksBefore) if (linksAfter.get(id) !== kind) relinked.add(id);
  for (const [id, kind] of linksAfter) if (linksBefore.get(id) !== kind) relinked.add(id);
}

function linkKindsOf({
  project,
  contacts,
  lead,
}: Pick<CaseOutcome, "project" | "contacts" | "lead">): Map<number, string> {
  const live = isLive(project) ? "live" : "other";
  const links = new Map(contacts.map(({ client_id }) => [client_id, live]));
  const leadContact = liveLeadContact(lead);
  if (leadContact !== null) links.set(leadContact, `${links.get(leadContact) ?? ""} lead`);
  return links;
}
