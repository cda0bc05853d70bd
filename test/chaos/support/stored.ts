import { type Columns, columnsOf, fromDatabase } from "../../../src/db/facts/columns.ts";
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

const MIRROR = "SELECT id, record, state, deleted_at FROM";

/** Everything that the checks look at, in one snapshot. */
export async function readStored({ db, org }: Pick<ChaosWorld, "db" | "org">, changesAfter: number): Promise<Stored> {
  const tables = Object.keys(columnsOf) as (keyof Tables)[];
  const queries = [
    ...tables.map((table) => `SELECT * FROM ${table} WHERE org_id = ?1 AND ?2 IS NOT NULL`),
    ...["cases", "clients", "staff", "leads", "companies"].map(
      (name) => `${MIRROR} mycase_${name} WHERE org_id = ?1 AND ?2 IS NOT NULL`,
    ),
    "SELECT * FROM changes WHERE org_id = ?1 AND id > ?2 ORDER BY id",
    "SELECT * FROM orgs WHERE id = ?1 AND ?2 IS NOT NULL",
    `SELECT v.version, v.document FROM mapping_versions v JOIN orgs o ON o.id = v.org_id AND o.mapping_version = v.version
     WHERE v.org_id = ?1 AND ?2 IS NOT NULL`,
  ];
  const results = await db.batch<Row>(queries.map((sql) => db.prepare(sql).bind(org, changesAfter)));
  const next = results.map((result) => result.results).values();
  const rows = () => next.next().value as Row[];
  const read = Object.fromEntries(
    tables.map((table) => [table, rows().map((row) => fromDatabase(columnsOf[table] as Columns as never, row))]),
  );
  const mirror = Object.fromEntries(["case", "client", "staff", "lead", "company"].map((model) => [model, rows()]));
  return {
    tables: read as unknown as Tables,
    mirror: mirror as unknown as Stored["mirror"],
    changes: rows(),
    org: rows()[0] ?? {},
    mapping: (rows()[0] as Stored["mapping"] | undefined) ?? null,
  };
}

/** Runs, jobs and letters that are not done with. */
export async function openWork({ db, org }: Pick<ChaosWorld, "db" | "org">) {
  const [runs, jobs, letters] = await db.batch<Row>([
    db
      .prepare(
        "SELECT id, kind, state, step, heartbeat_at FROM runs WHERE org_id = ? AND state IN ('queued', 'running', 'held')",
      )
      .bind(org),
    db.prepare("SELECT id, state FROM jobs WHERE org_id = ? AND state IN ('queued', 'running')").bind(org),
    db.prepare("SELECT id, code, message FROM dead_letters WHERE org_id = ? AND closed_at IS NULL").bind(org),
  ]);
  return { runs: runs?.results ?? [], jobs: jobs?.results ?? [], letters: letters?.results ?? [] };
}
