import type { LedgerEntry, Plan } from "../../mapping/plan/plan-types.ts";
import { jsonChunks } from "../json-chunks.ts";
import { contacts, leads, projectContacts, projects, projectTeamMembers, teamMembers } from "../schema/index.ts";
import {
  deleteSql,
  INSERT_LEDGER,
  TOUCH_CONTACTS,
  TOUCH_PROJECTS,
  UPDATE_PROJECT_METADATA,
  upsertSql,
} from "../sql/plan.ts";
import type { Commit } from "./commit-types.ts";

const UPSERT_PROJECTS = upsertSql(projects);
const UPSERT_LEADS = upsertSql(leads);
const UPSERT_CONTACTS = upsertSql(contacts);
const UPSERT_TEAM_MEMBERS = upsertSql(teamMembers);
const UPSERT_CONTACT_LINKS = upsertSql(projectContacts);
const DELETE_CONTACT_LINKS = deleteSql(projectContacts);
const UPSERT_TEAM_LINKS = upsertSql(projectTeamMembers);
const DELETE_TEAM_LINKS = deleteSql(projectTeamMembers);

/** The statements that write a plan, its ledger, and what changes beside it. */
export function planStatements(d1: D1Database, org: string, work: Commit): D1PreparedStatement[] {
  const { plan, metadata, touched, trigger, job, at } = work;
  const each = (sql: string, rows: unknown[], ...values: unknown[]) =>
    jsonChunks(rows).map((json) => d1.prepare(sql).bind(org, json, ...values));
  const metadataOf = (case_id: number) => {
    const known = metadata.get(case_id);
    if (!known) throw new Error(`project ${case_id} has no metadata`);
    return { case_id, mapping_version: known.mapping_version, mycase_updated_at: known.mycase_updated_at };
  };
  return [
    ...each(
      UPSERT_PROJECTS,
      plan.projects.map((row) => ({ ...row, ...metadataOf(row.case_id) })),
      at,
    ),
    ...each(UPSERT_LEADS, plan.leads, at),
    ...each(UPSERT_CONTACTS, plan.contacts, at),
    ...each(UPSERT_TEAM_MEMBERS, plan.team_members, at),
    ...each(DELETE_CONTACT_LINKS, plan.contact_links.remove),
    ...each(UPSERT_CONTACT_LINKS, plan.contact_links.upsert),
    ...each(DELETE_TEAM_LINKS, plan.team_links.remove),
    ...each(UPSERT_TEAM_LINKS, plan.team_links.upsert),
    ...each(UPDATE_PROJECT_METADATA, touched.map(metadataOf)),
    ...each(TOUCH_CONTACTS, relinkedContacts(plan)),
    ...each(TOUCH_PROJECTS, projectsWithOtherTeam(plan)),
    ...each(INSERT_LEDGER, numbered(plan.ledger), trigger, job, at),
  ];
}

/** Entries with their distance to the ledger's end as it is once all of them are in it. */
function numbered(entries: Plan["ledger"]): (LedgerEntry & { before_end: number })[] {
  return entries.map((entry, index) => ({ ...entry, before_end: entries.length - 1 - index }));
}

/** Contacts whose links changed and whose row did not: their revision must rise, for others may derive from those links. */
function relinkedContacts(plan: Plan): number[] {
  const written = new Set(plan.contacts.map((row) => row.client_id));
  return plan.relinked.filter((id) => !written.has(id));
}

/** Links carry no revision: a project whose team changed and whose row did not carries it, or the change could be made twice. */
function projectsWithOtherTeam(plan: Plan): number[] {
  const written = new Set(plan.projects.map((row) => row.case_id));
  const changed = [...plan.team_links.upsert, ...plan.team_links.remove].map((link) => link.case_id);
  return [...new Set(changed)].filter((id) => !written.has(id));
}
