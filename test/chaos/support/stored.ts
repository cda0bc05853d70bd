import {
  contacts,
  leads,
  projectContacts,
  projects,
  projectTeamMembers,
  teamMembers,
} from "../../../src/db/schema/index.ts";
import { unstamped } from "../../../src/db/sql/columns.ts";
import type {
  ContactLink,
  ContactRow,
  LeadRow,
  ProjectRow,
  TeamLink,
  TeamMemberRow,
} from "../../../src/domain/rows.ts";
import type { ChaosWorld } from "./chaos-world.ts";

type Row = Record<string, unknown>;

/** The tables that the portal reads, as the mapping knows their rows. */
export interface Tables {
  projects: ProjectRow[];
  project_contacts: (ContactLink & { case_id: number })[];
  project_team_members: (TeamLink & { case_id: number })[];
  contacts: ContactRow[];
  team_members: TeamMemberRow[];
  leads: LeadRow[];
}

export interface MirrorRow {
  id: number;
  record: string | null;
  state: string;
  deleted_at: string | null;
}

export interface Stored {
  tables: Tables;
  mirror: Record<"case" | "client" | "staff" | "lead" | "company", MirrorRow[]>;
  /** Ledger entries after a certain one. */
  changes: Row[];
  org: Row;
  mapping: { version: number; document: string } | null;
}

const TABLES = {
  projects: unstamped(projects, "mapping_version", "mycase_updated_at"),
  project_contacts: unstamped(projectContacts),
  project_team_members: unstamped(projectTeamMembers),
  contacts: unstamped(contacts),
  team_members: unstamped(teamMembers),
  leads: unstamped(leads),
};

const MIRROR = "SELECT id, record, state, deleted_at FROM";

/** Everything that the checks look at, in one snapshot. */
export async function readStored({ db, org }: Pick<ChaosWorld, "db" | "org">, changesAfter: number): Promise<Stored> {
  const tables = Object.keys(TABLES) as (keyof Tables)[];
  const queries = [
    ...tables.map((table) => `SELECT ${TABLES[table].of("t")} FROM ${table} t WHERE t.org_id = ?1 AND ?2 IS NOT NULL`),
    ...["cases", "clients", "staff", "leads", "companies"].map(
      (name) => `${MIRROR} mycase_${name} WHERE org_id = ?1 AND ?2 IS NOT NULL`,
    ),
    "SELECT * FROM changes WHERE org_id = ?1 AND seq > ?2 ORDER BY seq",
    "SELECT * FROM orgs WHERE id = ?1 AND ?2 IS NOT NULL",
    `SELECT v.version, v.document FROM mapping_versions v JOIN orgs o ON o.id = v.org_id AND o.mapping_version = v.version
     WHERE v.org_id = ?1 AND ?2 IS NOT NULL`,
  ];
  const results = await db.batch<Row>(queries.map((sql) => db.prepare(sql).bind(org, changesAfter)));
  const next = results.map((result) => result.results).values();
  const rows = () => next.next().value as Row[];
  const read = Object.fromEntries(tables.map((table) => [table, rows().map((row) => TABLES[table].read(row))]));
  const mirror = Object.fromEntries(["case", "client", "staff", "lead", "company"].map((model) => [model, rows()]));
  return {
    tables: read as unknown as Tables,
    mirror: mirror as unknown as Stored["mirror"],
    changes: rows(),
    org: rows()[0] ?? {},
    mapping: (rows()[0] as Stored["mapping"] | undefined) ?? null,
  };
}

const OPEN = {
  runs: "SELECT id, kind, state, step FROM runs WHERE org_id = ? AND state IN ('queued', 'running', 'held')",
  jobs: "SELECT id, state FROM jobs WHERE org_id = ? AND state IN ('queued', 'running')",
  deadLetters: "SELECT id, code, message FROM dead_letters WHERE org_id = ? AND closed_at IS NULL",
  underived: "SELECT id FROM orgs WHERE id = ? AND derived_config_version < config_version",
};

/** Open runs, resyncs and dead letters; the org itself while everything has to be derived again. */
export async function openWork({ db, org }: Pick<ChaosWorld, "db" | "org">): Promise<Record<keyof typeof OPEN, Row[]>> {
  const names = Object.keys(OPEN) as (keyof typeof OPEN)[];
  const results = await db.batch<Row>(names.map((name) => db.prepare(OPEN[name]).bind(org)));
  return Object.fromEntries(names.map((name, index) => [name, results[index]?.results ?? []])) as Record<
    keyof typeof OPEN,
    Row[]
  >;
}

/** The latest runs and what became of them. */
export async function lastRuns({ db, org }: Pick<ChaosWorld, "db" | "org">): Promise<Row[]> {
  const sql = `SELECT kind, trigger, state, step, done, errors, counts, created_at, finished_at
FROM runs WHERE org_id = ? ORDER BY created_at DESC LIMIT 6`;
  return (await db.prepare(sql).bind(org).all<Row>()).results;
}
