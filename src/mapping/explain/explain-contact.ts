import type { Context } from "../context.ts";
import type { LinkPurpose, MainContact } from "../derive/choose-main-contact.ts";
import { describeNearMiss, quoteValue } from "../derive/gates/quote-value.ts";
import type { Person } from "../derive/view-person.ts";
import { nearMissOf } from "../document/match-value.ts";
import type { ContactCode, ContactDecision, NearMiss } from "../outcome.ts";

interface ContactContext {
  context: Context;
  main: MainContact;
  purpose: LinkPurpose;
  linked: boolean;
}

/** The decision about one client of a case, with what to do about it. */
export function explainContact(person: Person, contact: ContactContext): ContactDecision {
  const code = codeOf(person, contact);
  const nearMiss = code === "group_not_mapped" ? nearMissOf(contact.context.mapping.contactRoles, person.group) : null;
  return {
    id: person.client_id,
    linked: contact.linked,
    is_main: contact.linked && person.client_id === contact.main.client_id,
    role: person.role,
    group: person.group,
    code,
    near_miss: nearMiss,
    fix: fixFor(code, person, nearMiss),
  };
}

function codeOf(person: Person, { context, main, purpose, linked }: ContactContext): ContactCode {
  if (person.state === "deleted") return "contact_deleted";
  if (person.state === "unavailable") return "contact_unavailable";
  if (purpose === "none") return "case_not_live";
  if (person.client_id === main.client_id) return "main_contact";
  if (linked) return "linked_by_group";
  return context.mapping.contactMode === "by_group" && person.role === null ? "group_not_mapped" : "not_main_contact";
}

function fixFor(code: ContactCode, person: Person, nearMiss: NearMiss | null): string | null {
  if (code === "contact_deleted") return "The contact was deleted in MyCase. Remove it from the case, or add it again.";
  if (code === "contact_unavailable")
    return `MyCase has not given a readable record of contact ${person.client_id}. Open and save it in MyCase.`;
  if (code === "not_main_contact")
    return "Pin this contact as the main one, make it the billing contact in MyCase, or map contacts by group.";
  if (code !== "group_not_mapped") return null;
  return person.group === null
    ? "Give the contact a group in MyCase that a contact role of the mapping lists."
    : `${describeNearMiss(nearMiss)}List group ${quoteValue(person.group)} under a contact role of the mapping.`;
}
