import type {
  ContactLink,
  ContactRow,
  LeadRow,
  ProjectRow,
  TeamLink,
  TeamMemberRow,
} from "../../../src/domain/rows.ts";
import type { MappingDocument } from "../../../src/mapping/document/schema.ts";
import type { Facts, Mirrored } from "../../../src/mapping/facts.ts";
import { isLive, liveLeadContact } from "../../../src/mapping/is-live.ts";
import type { Plan } from "../../../src/mapping/plan/plan-types.ts";
import type { CaseRecord } from "../../../src/mycase/wire/case.ts";
import type { ClientRecord } from "../../../src/mycase/wire/client.ts";
import type { LeadRecord } from "../../../src/mycase/wire/lead.ts";
import type { CustomFieldRecord } from "../../../src/mycase/wire/lists.ts";
import type { StaffRecord } from "../../../src/mycase/wire/staff.ts";

/** A firm as MyCase and its administrators have it. */
export interface Firm {
  now: string;
  mapping: MappingDocument | null;
  country: string;
  pullLeadObjects: boolean;
  groups: Map<number, string>;
  customFields: Map<number, CustomFieldRecord>;
  cases: Map<number, Mirrored<CaseRecord> | null>;
  clients: Map<number, Mirrored<ClientRecord> | null>;
  staff: Map<number, Mirrored<StaffRecord> | null>;
  leads: Map<number, Mirrored<LeadRecord> | null>;
}

/** The tables as a database would hold them. */
export interface Tables {
  projects: Map<number, ProjectRow>;
  contactLinks: Map<string, ContactLink & { case_id: number }>;
  teamLinks: Map<string, TeamLink & { case_id: number }>;
  leads: Map<string, LeadRow>;
  contacts: Map<number, ContactRow>;
  members: Map<number, TeamMemberRow>;
}

export function emptyTables(): Tables {
  return {
    projects: new Map(),
    contactLinks: new Map(),
    teamLinks: new Map(),
    leads: new Map(),
    contacts: new Map(),
    members: new Map(),
  };
}

/** What is derived in one go; everything unless said otherwise. */
export interface Scope {
  cases: number[];
  clients: number[];
  staff: number[];
  leads: number[];
}

export function everything(firm: Firm, tables: Tables): Scope {
  return {
    cases: [...firm.cases.keys()],
    clients: [...new Set([...firm.clients.keys(), ...tables.contacts.keys()])],
    staff: [...new Set([...firm.staff.keys(), ...tables.members.keys()])],
    leads: [...firm.leads.keys()],
  };
}

/** The scope of a single case: it, and everyone it names or is linked to now. */
export function aroundCase(firm: Firm, tables: Tables, caseId: number): Scope {
  const record = firm.cases.get(caseId)?.record ?? null;
  const links = [...tables.contactLinks.values()].filter((link) => link.case_id === caseId);
  const team = [...tables.teamLinks.values()].filter((link) => link.case_id === caseId);
  const leadContact = tables.leads.get(`case:${caseId}`)?.contact_id ?? null;
  const clients = [...(record?.clients ?? []).map(({ id }) => id), ...links.map(({ client_id }) => client_id)];
  const staff = [...(record?.staff ?? []).map(({ id }) => id), ...team.map(({ staff_id }) => staff_id)];
  return {
    cases: [caseId],
    clients: [...new Set(leadContact === null ? clients : [...clients, leadContact])],
    staff: [...new Set(staff)],
    leads: [],
  };
}

/** Loads the facts of a scope, as the database room does. */
export function loadFacts(firm: Firm, tables: Tables, scope: Scope = everything(firm, tables)): Facts {
  const inScope = new Set(scope.cases);
  return {
    now: firm.now,
    config: {
      mapping: firm.mapping === null ? null : { version: 1, document: firm.mapping },
      country: firm.country,
      pullLeadObjects: firm.pullLeadObjects,
      groups: firm.groups,
      customFields: firm.customFields,
    },
    cases: scope.cases.map((case_id) => ({
      case_id,
      mirror: firm.cases.get(case_id) ?? null,
      previous: {
        project: tables.projects.get(case_id) ?? null,
        contacts: linksOf(tables.contactLinks, case_id),
        team: linksOf(tables.teamLinks, case_id),
        lead: tables.leads.get(`case:${case_id}`) ?? null,
      },
    })),
    clients: new Map(
      scope.clients.map((client_id) => [
        client_id,
        {
          client_id,
          mirror: firm.clients.get(client_id) ?? null,
          previous: tables.contacts.get(client_id) ?? null,
          linksOutsideScope: elsewhereOf(tables, client_id, inScope),
        },
      ]),
    ),
    staff: new Map(
      scope.staff.map((staff_id) => [
        staff_id,
        { staff_id, mirror: firm.staff.get(staff_id) ?? null, previous: tables.members.get(staff_id) ?? null },
      ]),
    ),
    leads: scope.leads.map((lead_id) => ({
      lead_id,
      mirror: firm.leads.get(lead_id) ?? null,
      previous: tables.leads.get(`lead:${lead_id}`) ?? null,
    })),
  };
}

function linksOf<T extends { case_id: number }>(links: ReadonlyMap<string, T>, caseId: number): Omit<T, "case_id">[] {
  return [...links.values()].filter((link) => link.case_id === caseId).map(({ case_id: _, ...link }) => link);
}

function elsewhereOf(tables: Tables, clientId: number, inScope: ReadonlySet<number>) {
  const links = [...tables.contactLinks.values()].filter(
    (link) => link.client_id === clientId && !inScope.has(link.case_id),
  );
  const live = links.filter((link) => isLive(tables.projects.get(link.case_id) ?? null));
  const leads = [...tables.leads.values()].filter(
    (lead) => lead.source === "case" && !inScope.has(lead.source_id) && liveLeadContact(lead) === clientId,
  );
  return {
    on_live_project: live.length > 0,
    on_lead: leads.length > 0,
    on_other_project: links.length > live.length,
  };
}

/** The tables after a plan was written; the tables given stay as they were. */
export function savePlan(tables: Tables, plan: Plan): Tables {
  const after: Tables = {
    projects: new Map(tables.projects),
    contactLinks: new Map(tables.contactLinks),
    teamLinks: new Map(tables.teamLinks),
    leads: new Map(tables.leads),
    contacts: new Map(tables.contacts),
    members: new Map(tables.members),
  };
  for (const row of plan.projects) after.projects.set(row.case_id, row);
  for (const row of plan.leads) after.leads.set(`${row.source}:${row.source_id}`, row);
  for (const row of plan.contacts) after.contacts.set(row.client_id, row);
  for (const row of plan.team_members) after.members.set(row.staff_id, row);
  for (const link of plan.contact_links.upsert) after.contactLinks.set(`${link.case_id}:${link.client_id}`, link);
  for (const link of plan.contact_links.remove) after.contactLinks.delete(`${link.case_id}:${link.client_id}`);
  for (const link of plan.team_links.upsert) after.teamLinks.set(`${link.case_id}:${link.staff_id}`, link);
  for (const link of plan.team_links.remove) after.teamLinks.delete(`${link.case_id}:${link.staff_id}`);
  return after;
}
