import type { z } from "zod";
import { columnsOf, fromDatabase } from "../db/facts/columns.ts";
import type { LoadedRows } from "../db/facts/load.ts";
import type { ContactLink, ContactRow, LeadRow, ProjectRow, TeamLink, TeamMemberRow } from "../domain/rows.ts";
import type { ClientFacts, Facts, Mirrored, OrgConfig } from "../mapping/facts.ts";
import { caseWire } from "../mycase/wire/case.ts";
import { clientWire } from "../mycase/wire/client.ts";
import { leadWire } from "../mycase/wire/lead.ts";
import { staffWire } from "../mycase/wire/staff.ts";
import { recorded } from "./records/recorded.ts";

type Row = Record<string, unknown>;

/** The loaded rows as the mapping sees them. */
export function assemble(rows: LoadedRows, config: OrgConfig, now: Date): Facts {
  const projects = keyed(rows.projects, "case_id", (row) => fromDatabase<ProjectRow>(columnsOf.projects, row));
  const caseLeads = keyed(rows.caseLeads, "source_id", (row) => fromDatabase<LeadRow>(columnsOf.leads, row));
  const contactLinks = grouped(rows.contactLinks, (row) =>
    withoutCase<ContactLink>(fromDatabase(columnsOf.project_contacts, row)),
  );
  const teamLinks = grouped(rows.teamLinks, (row) =>
    withoutCase<TeamLink>(fromDatabase(columnsOf.project_team_members, row)),
  );
  const cases = keyed(rows.cases, "id", (row) => mirrored(caseWire, row));
  const leads = keyed(rows.leads, "id", (row) => mirrored(leadWire, row));
  const leadRows = keyed(rows.leadRows, "source_id", (row) => fromDatabase<LeadRow>(columnsOf.leads, row));
  return {
    now: now.toISOString(),
    config,
    cases: rows.scope.map((row) => {
      const id = Number(row.case_id);
      return {
        case_id: id,
        mirror: cases.get(id) ?? null,
        previous: {
          project: projects.get(id) ?? null,
          contacts: contactLinks.get(id) ?? [],
          team: teamLinks.get(id) ?? [],
          lead: caseLeads.get(id) ?? null,
        },
      };
    }),
    clients: clientFacts(rows),
    staff: staffFacts(rows),
    leads: [...new Set([...leads.keys(), ...leadRows.keys()])].map((id) => ({
      lead_id: id,
      mirror: leads.get(id) ?? null,
      previous: leadRows.get(id) ?? null,
    })),
  };
}

function clientFacts(rows: LoadedRows): Map<number, ClientFacts> {
  const mirrors = keyed(rows.clients, "id", (row) => mirrored(clientWire, row));
  const previous = keyed(rows.contacts, "client_id", (row) => fromDatabase<ContactRow>(columnsOf.contacts, row));
  return keyed(rows.linksOutsideScope, "id", (row) => {
    const id = Number(row.id);
    return {
      client_id: id,
      mirror: mirrors.get(id) ?? null,
      previous: previous.get(id) ?? null,
      linksOutsideScope: {
        on_live_project: row.on_live_project === 1,
        on_lead: row.on_lead === 1,
        on_other_project: row.on_other_project === 1,
      },
    };
  });
}

function staffFacts(rows: LoadedRows): Facts["staff"] {
  const mirrors = keyed(rows.staff, "id", (row) => mirrored(staffWire, row));
  const previous = keyed(rows.teamMembers, "staff_id", (row) =>
    fromDatabase<TeamMemberRow>(columnsOf.team_members, row),
  );
  const ids = new Set([...mirrors.keys(), ...previous.keys()]);
  return new Map(
    [...ids].map((id) => [id, { staff_id: id, mirror: mirrors.get(id) ?? null, previous: previous.get(id) ?? null }]),
  );
}

function mirrored<S extends z.ZodType>(wire: S, row: Row): Mirrored<z.output<S>> {
  return {
    record: recorded(wire, row),
    state: row.state as Mirrored<unknown>["state"],
    deleted_at: (row.deleted_at as string | null) ?? null,
  };
}

function keyed<T>(rows: Row[], key: string, read: (row: Row) => T): Map<number, T> {
  return new Map(rows.map((row) => [Number(row[key]), read(row)]));
}

function grouped<T>(rows: Row[], read: (row: Row) => T): Map<number, T[]> {
  const groups = new Map<number, T[]>();
  for (const row of rows) {
    const id = Number(row.case_id);
    const group = groups.get(id);
    if (group) group.push(read(row));
    else groups.set(id, [read(row)]);
  }
  return groups;
}

function withoutCase<T>({ case_id: _, ...link }: T & { case_id: number }): T {
  return link as unknown as T;
}
