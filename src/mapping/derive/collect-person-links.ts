import { isLive, liveLeadContact } from "../is-live.ts";
import type { CaseOutcome } from "../outcome.ts";
import type { ContactLinkKinds } from "./derive-contact.ts";

/** Which clients and staff the outcomes of a scope link to. */
export interface PersonLinks {
  clients: ReadonlyMap<number, ContactLinkKinds>;
  staff: ReadonlySet<number>;
}

export function collectPersonLinks(cases: readonly CaseOutcome[]): PersonLinks {
  const clients = new Map<number, ContactLinkKinds>();
  const staff = new Set<number>();
  const tie = (clientId: number, kind: keyof ContactLinkKinds) => {
    const kinds = clients.get(clientId) ?? { on_live_project: false, on_lead: false, on_other_project: false };
    kinds[kind] = true;
    clients.set(clientId, kinds);
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
