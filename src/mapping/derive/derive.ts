import type { Context } from "../context.ts";
import { type CompiledMapping, compile } from "../document/compile.ts";
import type { ClientFacts, Facts } from "../facts.ts";
import type { CaseOutcome, Outcome } from "../outcome.ts";
import { byId } from "../values.ts";
import { collectPersonLinks, type PersonLinks } from "./collect-person-links.ts";
import { deriveCase } from "./derive-case.ts";
import { deriveContact } from "./derive-contact.ts";
import { deriveLead } from "./derive-lead.ts";
import { deriveTeamMember } from "./derive-team-member.ts";
import { existsGate } from "./gates/exists.ts";
import { noMappingGate } from "./gates/no-mapping.ts";
import { keepCase } from "./keep-case.ts";
import { memoise } from "./memoise.ts";
import { viewPerson } from "./view-person.ts";

/**
 * What a scope of cases, people and leads becomes, and why (R60: the one code path that maps). Total, deterministic,
 * blind to the order of MyCase's lists; rows come out by ascending id. Before the first mapping everything stays.
 */
export function derive(facts: Facts): Outcome {
  const mapping = facts.config.mapping;
  if (mapping === null) return keepEverything(facts);
  const context = openContext(facts, compile(mapping.document));
  const cases = byId(facts.cases, (caseFacts) => caseFacts.case_id).map((caseFacts) => deriveCase(context, caseFacts));
  const links = collectPersonLinks(cases);
  return {
    cases,
    contacts: byId(
      present(
        [...facts.clients.values()].map((clientFacts) =>
          deriveContact(context, clientFacts, linkKindsOf(links, clientFacts)),
        ),
      ),
      (row) => row.client_id,
    ),
    team_members: byId(
      present(
        [...facts.staff.values()].map(({ staff_id, previous }) =>
          previous !== null || links.staff.has(staff_id) ? context.member(staff_id) : null,
        ),
      ),
      (row) => row.staff_id,
    ),
    leads: byId(present(facts.leads.map((leadFacts) => deriveLead(context, leadFacts))), (row) => row.source_id),
  };
}

function openContext(facts: Facts, mapping: CompiledMapping): Context {
  const { now, config } = facts;
  return {
    now,
    config,
    mapping,
    person: memoise((clientId) => viewPerson(clientId, facts.clients.get(clientId), config, mapping)),
    member: memoise((staffId) => {
      const staffFacts = facts.staff.get(staffId);
      return staffFacts === undefined ? null : deriveTeamMember({ mapping, config }, staffFacts);
    }),
  };
}

function keepEverything(facts: Facts): Outcome {
  return {
    cases: byId(facts.cases, (caseFacts) => caseFacts.case_id).map((caseFacts): CaseOutcome => {
      const exists = existsGate(caseFacts);
      return keepCase(facts, caseFacts, exists.passed ? [exists, noMappingGate()] : [exists]);
    }),
    contacts: byId(
      present([...facts.clients.values()].map((clientFacts) => clientFacts.previous)),
      (row) => row.client_id,
    ),
    team_members: byId(
      present([...facts.staff.values()].map((staffFacts) => staffFacts.previous)),
      (row) => row.staff_id,
    ),
    leads: byId(present(facts.leads.map((leadFacts) => leadFacts.previous)), (row) => row.source_id),
  };
}

function linkKindsOf(links: PersonLinks, { client_id, linksOutsideScope: outside }: ClientFacts) {
  const inScope = links.clients.get(client_id);
  return {
    on_live_project: outside.on_live_project || inScope?.on_live_project === true,
    on_lead: outside.on_lead || inScope?.on_lead === true,
    on_other_project: outside.on_other_project || inScope?.on_other_project === true,
  };
}

function present<T>(items: readonly (T | null)[]): T[] {
  return items.filter((item): item is T => item !== null);
}
