import * as schema from "../schema/index.ts";
import { pick, type Selection, unstamped } from "./columns.ts";
import { CLIENTS, SCOPE, STAFF } from "./scope.ts";

const org = pick(schema.orgs, "clock", "config_version", "epoch");
const mirrored = pick(schema.mycaseCases, "id", "record", "state", "deleted_at", "hash", "read_at");
const project = unstamped(schema.projects);
const contactLink = unstamped(schema.projectContacts);
const teamLink = unstamped(schema.projectTeamMembers);
const outcome = pick(schema.caseOutcomes, "case_id", "bucket", "code");
const contact = unstamped(schema.contacts);
const teamMember = unstamped(schema.teamMembers);
const lead = unstamped(schema.leads);

export type MirrorRow = ReturnType<typeof mirrored.read>;

interface ScopeRow {
  case_id: number;
  held: number;
}

interface LinksOutsideScopeRow {
  id: number;
  on_live_project: number;
  on_other_project: number;
  on_lead: number;
}

interface FactsQuery<R> {
  sql: string;
  read(row: Record<string, unknown>): R;
}

const query = <R>({ read }: Pick<Selection<R>, "read">, sql: string): FactsQuery<R> => ({ sql, read });
/** For rows that are of no table: numbers only, as SQLite gives them. */
const computed = <R>(sql: string): FactsQuery<R> => ({ sql, read: (row) => row as R });

/** `isLive` of the mapping, for a row of `projects p`. */
export const LIVE_PROJECT = "p.enabled = 1 AND p.type_unmapped = 0 AND p.is_lead = 0 AND p.deleted_at IS NULL";
const LINKED_OUTSIDE = `SELECT 1 FROM project_contacts c
      CROSS JOIN projects p ON p.org_id = ?1 AND p.case_id = c.case_id
      WHERE c.org_id = ?1 AND c.client_id = people.id AND c.case_id NOT IN (SELECT case_id FROM scope)`;

/** The rows a derivation is made from. `?1` is the org, `?2` the scope as JSON. */
export const FACTS = {
  org: query(org, `SELECT ${org.of("o")} FROM orgs o WHERE o.id = ?1 AND o.purging_at IS NULL AND ?2 IS NOT NULL`),
  scope: computed<ScopeRow>(`${SCOPE}
  SELECT s.case_id, h.case_id IS NOT NULL AS held FROM scope s
    LEFT JOIN held_cases h ON h.org_id = ?1 AND h.case_id = s.case_id`),
  cases: query(
    mirrored,
    `${SCOPE}
  SELECT ${mirrored.of("m")} FROM scope s
    CROSS JOIN mycase_cases m ON m.org_id = ?1 AND m.id = s.case_id`,
  ),
  projects: query(
    project,
    `${SCOPE}
  SELECT ${project.of("p")} FROM scope s
    CROSS JOIN projects p ON p.org_id = ?1 AND p.case_id = s.case_id`,
  ),
  contactLinks: query(
    contactLink,
    `${SCOPE}
  SELECT ${contactLink.of("c")} FROM scope s
    CROSS JOIN project_contacts c ON c.org_id = ?1 AND c.case_id = s.case_id`,
  ),
  teamLinks: query(
    teamLink,
    `${SCOPE}
  SELECT ${teamLink.of("t")} FROM scope s
    CROSS JOIN project_team_members t ON t.org_id = ?1 AND t.case_id = s.case_id`,
  ),
  caseLeads: query(
    lead,
    `${SCOPE}
  SELECT ${lead.of("l")} FROM scope s
    CROSS JOIN leads l ON l.org_id = ?1 AND l.source = 'case' AND l.source_id = s.case_id`,
  ),
  outcomes: query(
    outcome,
    `${SCOPE}
  SELECT ${outcome.of("o")} FROM scope s
    CROSS JOIN case_outcomes o ON o.org_id = ?1 AND o.case_id = s.case_id`,
  ),
  clients: query(
    mirrored,
    `${CLIENTS}
  SELECT ${mirrored.of("m")} FROM people
    CROSS JOIN mycase_clients m ON m.org_id = ?1 AND m.id = people.id`,
  ),
  contacts: query(
    contact,
    `${CLIENTS}
  SELECT ${contact.of("c")} FROM people
    CROSS JOIN contacts c ON c.org_id = ?1 AND c.client_id = people.id`,
  ),
  linksOutsideScope: computed<LinksOutsideScopeRow>(`${CLIENTS}
  SELECT people.id,
    EXISTS (${LINKED_OUTSIDE} AND ${LIVE_PROJECT}) AS on_live_project,
    EXISTS (${LINKED_OUTSIDE} AND NOT (${LIVE_PROJECT})) AS on_other_project,
    EXISTS (SELECT 1 FROM leads l
      WHERE l.org_id = ?1 AND l.contact_id = people.id AND l.source = 'case'
        AND l.source_id NOT IN (SELECT case_id FROM scope) AND l.deleted_at IS NULL) AS on_lead
  FROM people`),
  staff: query(
    mirrored,
    `${STAFF}
  SELECT ${mirrored.of("m")} FROM people
    CROSS JOIN mycase_staff m ON m.org_id = ?1 AND m.id = people.id`,
  ),
  teamMembers: query(
    teamMember,
    `${STAFF}
  SELECT ${teamMember.of("t")} FROM people
    CROSS JOIN team_members t ON t.org_id = ?1 AND t.staff_id = people.id`,
  ),
  leads: query(
    mirrored,
    `SELECT ${mirrored.of("m")} FROM json_each(?2, '$.leads') j
    CROSS JOIN mycase_leads m ON m.org_id = ?1 AND m.id = j.value`,
  ),
  leadRows: query(
    lead,
    `SELECT ${lead.of("l")} FROM json_each(?2, '$.leads') j
    CROSS JOIN leads l ON l.org_id = ?1 AND l.source = 'lead' AND l.source_id = j.value`,
  ),
};

export type FactsRows = { [K in keyof typeof FACTS]: ReturnType<(typeof FACTS)[K]["read"]>[] };
