import type { Read, ReadRecord } from "../../domain/read.ts";
import type { Model } from "../../domain/resources.ts";
import type { ProjectMetadata } from "../../domain/rows.ts";
import type { CaseFacts, ClientFacts, Facts, LeadFacts, Mirrored, OrgConfig, StaffFacts } from "../../mapping/facts.ts";
import type { FactsRows, MirrorRow } from "../sql/facts.ts";

/** What a derivation is made from, as it stands in one snapshot of the database. */
export interface LoadedFacts {
  /** Null when there is no such org. `clock` is its revision. */
  org: { clock: number; config_version: number; epoch: string | null } | null;
  facts: Omit<Facts, "now" | "config">;
  /** Cases in scope that the blast guard leaves as they are. */
  held: ReadonlySet<number>;
  /** Of the projects in scope. */
  metadata: ReadonlyMap<number, ProjectMetadata>;
  /** What the cases in scope came to when they were last derived. */
  outcomes: ReadonlyMap<number, { bucket: string; code: string }>;
  /** The clients' records as JSON text, with every field that MyCase sent. */
  clientsAsSent: ReadonlyMap<number, string | null>;
  /** When MyCase last told something new of each case, ISO 8601 UTC. */
  casesReadAt: ReadonlyMap<number, string>;
}

type RecordIn<F extends { mirror: Mirrored<unknown> | null }> = NonNullable<NonNullable<F["mirror"]>["record"]>;

/** How the JSON of each kind of record is read: MyCase's wire schemas, which this room does not know. */
export interface RecordParsers {
  case(record: unknown): RecordIn<CaseFacts>;
  client(record: unknown): RecordIn<ClientFacts>;
  staff(record: unknown): RecordIn<StaffFacts>;
  lead(record: unknown): RecordIn<LeadFacts>;
}

/** Records just read from MyCase, by kind and id. */
export type SentRecords = ReadonlyMap<Model, ReadonlyMap<number, ReadRecord>>;

export function sentRecords(reads: Read[]): SentRecords {
  const byModel = new Map<Model, Map<number, ReadRecord>>();
  for (const { model, records } of reads) {
    const byId = byModel.get(model) ?? new Map<number, ReadRecord>();
    byModel.set(model, byId);
    for (const record of records) byId.set(record.id, record);
  }
  return byModel;
}

/** The loaded facts with what else a derivation is told. */
export function withConfig({ facts }: LoadedFacts, config: OrgConfig, now: Date): Facts {
  return { ...facts, config, now: now.toISOString() };
}

export function factsOf(rows: FactsRows, parsers: RecordParsers, sent: SentRecords): LoadedFacts {
  const clients = mirrors(rows.clients, parsers.client, sent.get("client"));
  const contacts = keyed(rows.contacts, (row) => row.client_id);
  const linksOutside = rows.linksOutsideScope.map(
    ({ id, on_live_project, on_lead, on_other_project }): ClientFacts => ({
      client_id: id,
      mirror: clients.get(id) ?? null,
      previous: contacts.get(id) ?? null,
      linksOutsideScope: {
        on_live_project: on_live_project === 1,
        on_lead: on_lead === 1,
        on_other_project: on_other_project === 1,
      },
    }),
  );
  return {
    org: rows.org[0] ?? null,
    facts: {
      cases: caseFacts(rows, parsers, sent),
      clients: keyed(linksOutside, (client) => client.client_id),
      staff: staffFacts(rows, parsers, sent),
      leads: leadFacts(rows, parsers, sent),
    },
    held: new Set(rows.scope.filter(({ held }) => held === 1).map(({ case_id }) => case_id)),
    metadata: keyed(rows.projects, (row) => row.case_id),
    outcomes: keyed(rows.outcomes, (row) => row.case_id),
    clientsAsSent: new Map(rows.clients.map((row) => [row.id, row.record])),
    casesReadAt: new Map(rows.cases.map((row) => [row.id, row.read_at])),
  };
}

function caseFacts(rows: FactsRows, parsers: RecordParsers, sent: SentRecords): CaseFacts[] {
  const cases = mirrors(rows.cases, parsers.case, sent.get("case"));
  const projects = keyed(rows.projects, (row) => row.case_id);
  const leads = keyed(rows.caseLeads, (row) => row.source_id);
  const contacts = grouped(rows.contactLinks);
  const team = grouped(rows.teamLinks);
  return rows.scope.map(({ case_id }) => ({
    case_id,
    mirror: cases.get(case_id) ?? null,
    previous: {
      project: withoutMetadata(projects.get(case_id)),
      contacts: contacts.get(case_id) ?? [],
      team: team.get(case_id) ?? [],
      lead: leads.get(case_id) ?? null,
    },
  }));
}

function staffFacts(rows: FactsRows, parsers: RecordParsers, sent: SentRecords): Facts["staff"] {
  const staff = mirrors(rows.staff, parsers.staff, sent.get("staff"));
  const members = keyed(rows.teamMembers, (row) => row.staff_id);
  const ids = new Set([...staff.keys(), ...members.keys()]);
  return new Map(
    [...ids].map((id) => [id, { staff_id: id, mirror: staff.get(id) ?? null, previous: members.get(id) ?? null }]),
  );
}

function leadFacts(rows: FactsRows, parsers: RecordParsers, sent: SentRecords): LeadFacts[] {
  const leads = mirrors(rows.leads, parsers.lead, sent.get("lead"));
  const previous = keyed(rows.leadRows, (row) => row.source_id);
  const ids = new Set([...leads.keys(), ...previous.keys()]);
  return [...ids].map((id) => ({ lead_id: id, mirror: leads.get(id) ?? null, previous: previous.get(id) ?? null }));
}

/** A record that was just read is not parsed again: equal hashes, equal content. */
function mirrors<T>(
  rows: MirrorRow[],
  parse: (record: unknown) => T,
  sent: ReadonlyMap<number, ReadRecord> | undefined,
): Map<number, Mirrored<T>> {
  const recordOf = ({ id, record, hash }: MirrorRow): T | null => {
    if (record === null) return null;
    const read = sent?.get(id);
    return read?.hash === hash && read.parsed !== undefined ? (read.parsed as T) : parse(JSON.parse(record));
  };
  return new Map(
    rows.map((row) => [row.id, { record: recordOf(row), state: row.state, deleted_at: row.deleted_at }] as const),
  );
}

function keyed<T>(rows: T[], keyOf: (row: T) => number): Map<number, T> {
  return new Map(rows.map((row) => [keyOf(row), row]));
}

function grouped<T>(rows: (T & { case_id: number })[]): Map<number, Omit<T & { case_id: number }, "case_id">[]> {
  const groups = new Map<number, Omit<T & { case_id: number }, "case_id">[]>();
  for (const { case_id, ...link } of rows) {
    const group = groups.get(case_id);
    if (group) group.push(link);
    else groups.set(case_id, [link]);
  }
  return groups;
}

function withoutMetadata(row: FactsRows["projects"][number] | undefined): CaseFacts["previous"]["project"] {
  if (!row) return null;
  const { mapping_version: _, mycase_updated_at: __, ...project } = row;
  return project;
}
