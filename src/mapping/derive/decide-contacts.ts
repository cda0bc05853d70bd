import type { ContactLink } from "../../domain/rows.ts";
import type { CaseRecord } from "../../mycase/wire/case.ts";
import type { Context } from "../context.ts";
import { explainContact } from "../explain/explain-contact.ts";
import type { ContactDecision } from "../outcome.ts";
import { chooseMainContact, type LinkPurpose, type MainContact } from "./choose-main-contact.ts";
import type { Person } from "./view-person.ts";

export interface ContactDecisions {
  main: MainContact;
  links: ContactLink[];
  decisions: ContactDecision[];
  people: Person[];
}

/** Who of a case's clients is linked, who is the main contact, and why the others are not (D1, R28, R36-R39, D12). */
export function decideContacts(
  context: Context,
  record: CaseRecord,
  pinned: number | null,
  purpose: LinkPurpose,
): ContactDecisions {
  const people = ascending(record.clients).map(context.person);
  const usable = people.filter((person) => person.state === "usable");
  const byGroup = context.mapping.contactMode === "by_group";
  const wanted = byGroup ? usable.filter((person) => person.role !== null || person.client_id === pinned) : usable;
  const main: MainContact =
    wanted.length === 0 && usable.length > 0
      ? { client_id: null, reason: "no_contact_in_mapped_groups" }
      : chooseMainContact(wanted, { pinned, billing: record.billing_contact });
  const linked = new Set<Person>();
  for (const person of purpose === "none" ? [] : wanted)
    if (person.client_id === main.client_id || (byGroup && purpose === "project")) linked.add(person);
  return {
    main,
    links: purpose === "project" ? [...linked].map((person) => linkTo(person, main)) : [],
    decisions: [
      ...people.map((person) => explainContact(person, { context, main, purpose, linked: linked.has(person) })),
      ...ascending(record.companies).map(refuseCompany),
    ],
    people,
  };
}

function linkTo(person: Person, main: MainContact): ContactLink {
  return { client_id: person.client_id, role: person.role, is_main: person.client_id === main.client_id };
}

function ascending(references: readonly { id: number }[]): number[] {
  return [...new Set(references.map(({ id }) => id))].sort((a, b) => a - b);
}

function refuseCompany(id: number): ContactDecision {
  const fix = "Companies are not pulled. Add a person of the company as a client of the case in MyCase.";
  const nothing = { linked: false, is_main: false, role: null, group: null, near_miss: null };
  return { id, ...nothing, code: "company_contact_unsupported", fix };
}
