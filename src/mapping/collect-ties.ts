import type { ContactTies } from "./derive-contact.ts";
import { isLive, liveLeadContact } from "./is-live.ts";
import type { CaseOutcome } from "./outcome.ts";

/** Which clients and staff the outcomes of a scope link to. */
export interface Ties {
  clients: ReadonlyMap<number, ContactTies>;
  staff: ReadonlySet<number>;
}

export function collectTies(cases: readonly CaseOutcome[]): Ties {
  const clients = new Map<number, ContactTies>();
  const staff = new Set<number>();
  const tie = (clientId: number, kind: keyof ContactTies) => {
    const known = clients.get(clientId) ?? { on_live_project: false, on_lead: false, on_other_project: false };
    known[kind] = true;
    clients.set(clientId, known);
  };
  for (const { project, contacts, team, lead } of cases) {
    const kind = isLive(project) ? "on_live_project" : "on_other_project";
    for (const { client_id } of contacts) tie(client_id, kind);
    const leadContact = liveLeadContact(lead);
    if (leadContact !== null) tie(leadContact, "on_lead");
    for (const { staff_id } of team) staff.add(staff_id);
  }
  return { clients, staff };
}
