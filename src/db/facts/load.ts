import type { DerivationScope } from "../../domain/scope.ts";
import { type Columns, columnsOf } from "./columns.ts";
import { CLIENTS, SCOPE, STAFF } from "./scope-sql.ts";

type Row = Record<string, unknown>;

/** The rows a derivation needs, as they stand in one snapshot of the database. */
export interface LoadedRows {
  org: Row;
  scope: Row[];
  cases: Row[];
  projects: Row[];
  contactLinks: Row[];
  teamLinks: Row[];
  caseLeads: Row[];
  outcomes: Row[];
  clients: Row[];
  contacts: Row[];
  linksOutsideScope: Row[];
  staff: Row[];
  teamMembers: Row[];
  leads: Row[];
  leadRows: Row[];
}

const MIRRORED = "m.id, m.record, m.state, m.deleted_at, m.updated_at, m.hash, m.read_at";
const LIVE = "p.enabled = 1 AND p.type_unmapped = 0 AND p.is_lead = 0 AND p.deleted_at IS NULL";

const SQL: Record<keyof LoadedRows, string> = {
  org: "SELECT clock, config_version, mapping_version, default_country, pull_lead_objects FROM orgs WHERE id = ?1 AND ?2 IS NOT NULL",
  scope: `${SCOPE} SELECT case_id FROM scope`,
  cases: `${SCOPE} SELECT ${MIRRORED} FROM scope s CROSS JOIN mycase_cases m ON m.org_id = ?1 AND m.id = s.case_id`,
  projects: `${SCOPE} SELECT ${list("p", columnsOf.projects)}, p.mapping_version, p.mycase_updated_at
FROM scope s CROSS JOIN projects p ON p.org_id = ?1 AND p.case_id = s.case_id`,
  contactLinks: `${SCOPE} SELECT ${list("c", columnsOf.project_contacts)}
FROM scope s CROSS JOIN project_contacts c ON c.org_id = ?1 AND c.case_id = s.case_id`,
  teamLinks: `${SCOPE} SELECT ${list("t", columnsOf.project_team_members)}
FROM scope s CROSS JOIN project_team_members t ON t.org_id = ?1 AND t.case_id = s.case_id`,
  caseLeads: `${SCOPE} SELECT ${list("l", columnsOf.leads)}
FROM scope s CROSS JOIN leads l ON l.org_id = ?1 AND l.source = 'case' AND l.source_id = s.case_id`,
  outcomes: `${SCOPE} SELECT o.case_id, o.bucket, o.code
FROM scope s CROSS JOIN case_outcomes o ON o.org_id = ?1 AND o.case_id = s.case_id`,
  clients: `${CLIENTS} SELECT ${MIRRORED} FROM people CROSS JOIN mycase_clients m ON m.org_id = ?1 AND m.id = people.id`,
  contacts: `${CLIENTS} SELECT ${list("c", columnsOf.contacts)}
FROM people CROSS JOIN contacts c ON c.org_id = ?1 AND c.client_id = people.id`,
  linksOutsideScope: `${CLIENTS} SELECT people.id,
  EXISTS (SELECT 1 FROM project_contacts c CROSS JOIN projects p ON p.org_id = ?1 AND p.case_id = c.case_id
    WHERE c.org_id = ?1 AND c.client_id = people.id AND c.case_id NOT IN (SELECT case_id FROM scope) AND ${LIVE}) AS on_live_project,
  EXISTS (SELECT 1 FROM project_contacts c CROSS JOIN projects p ON p.org_id = ?1 AND p.case_id = c.case_id
    WHERE c.org_id = ?1 AND c.client_id = people.id AND c.case_id NOT IN (SELECT case_id FROM scope) AND NOT (${LIVE})) AS on_other_project,
  EXISTS (SELECT 1 FROM leads l WHERE l.org_id = ?1 AND l.contact_id = people.id AND l.source = 'case'
    AND l.source_id NOT IN (SELECT case_id FROM scope) AND l.deleted_at IS NULL) AS on_lead
FROM people`,
  staff: `${STAFF} SELECT ${MIRRORED} FROM people CROSS JOIN mycase_staff m ON m.org_id = ?1 AND m.id = people.id`,
  teamMembers: `${STAFF} SELECT ${list("t", columnsOf.team_members)}
FROM people CROSS JOIN team_members t ON t.org_id = ?1 AND t.staff_id = people.id`,
  leads: `SELECT ${MIRRORED} FROM json_each(?2, '$.leads') j CROSS JOIN mycase_leads m ON m.org_id = ?1 AND m.id = j.value`,
  leadRows: `SELECT ${list("l", columnsOf.leads)}
FROM json_each(?2, '$.leads') j CROSS JOIN leads l ON l.org_id = ?1 AND l.source = 'lead' AND l.source_id = j.value`,
};

const NAMES = Object.keys(SQL) as (keyof LoadedRows)[];

function list(alias: string, columns: Columns): string {
  return Object.keys(columns)
    .map((column) => `${alias}.${column}`)
    .join(", ");
}

/** The statements that load a scope; to be run in one batch, after whatever was kept in it. */
export function loadStatements(d1: D1Database, org: string, scope: DerivationScope): D1PreparedStatement[] {
  const json = JSON.stringify(scope);
  return namesFor(scope).map((name) => d1.prepare(SQL[name]).bind(org, json));
}

/** Names the results of `loadStatements` for the scope, which must be the last ones of their batch. */
export function loadedRows(results: D1Result<Row>[], scope: DerivationScope): LoadedRows {
  const names = namesFor(scope);
  const last = results.slice(-names.length);
  const named = Object.fromEntries(NAMES.map((name) => [name, [] as Row[]]));
  names.forEach((name, index) => {
    named[name] = last[index]?.results ?? [];
  });
  const { org, ...rows } = named as Record<keyof LoadedRows, Row[]>;
  return { ...rows, org: org[0] ?? {} } as LoadedRows;
}

/** Where there is nothing to derive, only the org is looked at: most pages of a poll are empty. */
function namesFor({ cases, clients, staff, leads }: DerivationScope): (keyof LoadedRows)[] {
  return cases.length + clients.length + staff.length + leads.length > 0 ? NAMES : ["org"];
}
