import type { Trigger } from "../../domain/queue-message.ts";
import type { ProjectRow } from "../../domain/rows.ts";
import type { Plan } from "../../mapping/plan/plan-types.ts";
import { type Database, rowsChanged } from "../database.ts";
import { databaseErrorIn } from "../errors.ts";
import { columnsOf, toDatabase } from "../facts/columns.ts";
import { jsonChunks } from "../json-chunks.ts";
import {
  bumpProjectsRevisionSql,
  deleteLinksSql,
  insertLedgerSql,
  touchContactsRevisionSql,
  touchProjectsRevisionSql,
  upsertOutcomesSql,
  upsertSql,
} from "./plan-sql.ts";

/** What the plan was made from: nothing of it may have changed since `clock`. */
export interface ReadSet {
  clock: number;
  config_version: number;
  cases: number[];
  clients: number[];
  staff: number[];
  leads: number[];
}

/** What else belongs to a project's row, and changes without an entry in the ledger. */
export interface ProjectMetadata {
  mapping_version: number;
  mycase_updated_at: string | null;
}

export interface Commit {
  plan: Plan;
  readSet: ReadSet;
  metadata: Map<number, ProjectMetadata>;
  /** Projects that do not change but for their bookkeeping. */
  touched: number[];
  mappingVersion: number;
  /** What cases came to, where that changed. */
  outcomes: { case_id: number; bucket: string; code: string }[];
  trigger: Trigger;
  job: string | null;
  at: string;
}

export type Committed = { conflict: false; rowsWritten: number } | { conflict: true };

/** Writes the plan and its ledger in one transaction, or nothing when an input has changed since it was read. */
export async function commit(db: Database, org: string, work: Commit): Promise<Committed> {
  const statements = [bumpRevision(db.d1, org), guard(db.d1, org, work.readSet)];
  statements.push(...outcomeStatements(db.d1, org, work.outcomes));
  const bookkeepingStatements = statements.length;
  statements.push(...planStatements(db.d1, org, work));
  try {
    const results = await db.batch(statements);
    return { conflict: false, rowsWritten: rowsChanged(results.slice(bookkeepingStatements)) };
  } catch (error) {
    if (databaseErrorIn(error)?.kind === "conflict") return { conflict: true };
    throw error;
  }
}

function outcomeStatements(d1: D1Database, org: string, outcomes: Commit["outcomes"]): D1PreparedStatement[] {
  const rows = outcomes.map(({ case_id, bucket, code }) => [case_id, bucket, code]);
  return jsonChunks(rows).map((json) => d1.prepare(upsertOutcomesSql).bind(org, json));
}

export function bumpRevision(d1: D1Database, org: string): D1PreparedStatement {
  return d1.prepare("UPDATE orgs SET clock = clock + 1 WHERE id = ?1").bind(org);
}

/** Every write stamps its row with the org's clock, so an input is unchanged if its stamp is no later than the read. */
function guard(d1: D1Database, org: string, read: ReadSet): D1PreparedStatement {
  const later = (table: string, key: string, ids: string, extra = "") =>
    `EXISTS (SELECT 1 FROM json_each(?2, '$.${ids}') j CROSS JOIN ${table} t ON t.org_id = ?1 ${extra} AND t.${key} = j.value
WHERE t.version > ?3)`;
  return d1
    .prepare(
      `INSERT INTO commit_guard (ok) SELECT 0 WHERE
NOT EXISTS (SELECT 1 FROM orgs WHERE id = ?1 AND config_version = ?4)
OR ${later("mycase_cases", "id", "cases")} OR ${later("projects", "case_id", "cases")}
OR ${later("leads", "source_id", "cases", "AND t.source = 'case'")}
OR ${later("mycase_clients", "id", "clients")} OR ${later("contacts", "client_id", "clients")}
OR ${later("mycase_staff", "id", "staff")} OR ${later("team_members", "staff_id", "staff")}
OR ${later("mycase_leads", "id", "leads")} OR ${later("leads", "source_id", "leads", "AND t.source = 'lead'")}`,
    )
    .bind(org, JSON.stringify(read), read.clock, read.config_version);
}

function planStatements(d1: D1Database, org: string, work: Commit): D1PreparedStatement[] {
  const { plan, at } = work;
  const statements: D1PreparedStatement[] = [];
  const each = (sql: string, rows: unknown[], ...rest: unknown[]) => {
    for (const json of jsonChunks(rows)) statements.push(d1.prepare(sql).bind(org, json, ...rest));
  };
  each(
    upsertSql("projects", columnsOf.projects, "case_id", ["mapping_version", "mycase_updated_at"]),
    plan.projects.map((row) => withBookkeeping(row, work.metadata)),
    at,
  );
  each(
    upsertSql("leads", columnsOf.leads, "source, source_id"),
    plan.leads.map((row) => toDatabase(columnsOf.leads, row)),
    at,
  );
  each(
    upsertSql("contacts", columnsOf.contacts, "client_id"),
    plan.contacts.map((row) => toDatabase(columnsOf.contacts, row)),
    at,
  );
  each(
    upsertSql("team_members", columnsOf.team_members, "staff_id"),
    plan.team_members.map((row) => toDatabase(columnsOf.team_members, row)),
    at,
  );
  each(
    deleteLinksSql("project_contacts", "client_id"),
    plan.contact_links.remove.map((l) => [l.case_id, l.client_id]),
  );
  each(
    upsertSql("project_contacts", columnsOf.project_contacts, "case_id, client_id", null),
    plan.contact_links.upsert.map((row) => toDatabase(columnsOf.project_contacts, row)),
  );
  each(
    deleteLinksSql("project_team_members", "staff_id"),
    plan.team_links.remove.map((l) => [l.case_id, l.staff_id]),
  );
  each(
    upsertSql("project_team_members", columnsOf.project_team_members, "case_id, staff_id", null),
    plan.team_links.upsert.map((row) => toDatabase(columnsOf.project_team_members, row)),
  );
  each(touchProjectsRevisionSql, work.touched, work.mappingVersion);
  each(touchContactsRevisionSql, restamped(plan));
  each(bumpProjectsRevisionSql, restampedProjects(plan));
  each(
    insertLedgerSql,
    plan.ledger.map((e) => [e.entity, e.entity_id, e.field, json(e.old), json(e.new)]),
    work.trigger,
    work.job,
    at,
  );
  return statements;
}

/** Contacts whose links changed and whose row did not: their stamp must rise, for others may derive from those links. */
function restamped(plan: Plan): number[] {
  const written = new Set(plan.contacts.map((row) => row.client_id));
  return plan.relinked.filter((id) => !written.has(id));
}

/** Links carry no stamp: a project whose team changed and whose row did not carries it, or the change could be made twice. */
function restampedProjects(plan: Plan): number[] {
  const written = new Set(plan.projects.map((row) => row.case_id));
  const relinked = [...plan.team_links.upsert, ...plan.team_links.remove].map((link) => link.case_id);
  return [...new Set(relinked)].filter((id) => !written.has(id));
}

function withBookkeeping(row: ProjectRow, all: Map<number, ProjectMetadata>): unknown[] {
  return [...toDatabase(columnsOf.projects, row), ...bookkeepingOf(row.case_id, all)];
}

function bookkeepingOf(caseId: number, all: Map<number, ProjectMetadata>): unknown[] {
  const own = all.get(caseId);
  if (!own) throw new Error(`project ${caseId} has no bookkeeping`);
  return [own.mapping_version, own.mycase_updated_at];
}

function json(value: unknown): string | null {
  return value === null || value === undefined ? null : JSON.stringify(value);
}
