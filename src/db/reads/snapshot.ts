import { getTableName } from "drizzle-orm";
import type { SQLiteTable } from "drizzle-orm/sqlite-core";
import type { Entity } from "../../mapping/plan/plan-types.ts";
import type { Database } from "../database.ts";
import { contacts, leads, projectContacts, projects, projectTeamMembers, teamMembers } from "../schema/index.ts";
import { keyOf, type Selection, unstamped } from "../sql/columns.ts";

/** A row under the name that the ledger has for it, with the columns whose changes the ledger tells. */
export interface SnapshotRow {
  entity: Entity;
  entity_id: string;
  row: Record<string, unknown>;
}

const ROWS_PER_READ = 1_000;

interface Source {
  entity: Entity;
  key: string[];
  first: string;
  next: string;
  selection: Selection<Record<string, unknown>>;
  /** The entries of links do not repeat the case, which their id names. */
  hidden: string[];
}

const SOURCES: Source[] = [
  sourceOf("project", projects, unstamped(projects, "mapping_version", "mycase_updated_at")),
  sourceOf("contact", contacts, unstamped(contacts)),
  sourceOf("team_member", teamMembers, unstamped(teamMembers)),
  sourceOf("lead", leads, unstamped(leads)),
  sourceOf("project_contact", projectContacts, unstamped(projectContacts), ["case_id"]),
  sourceOf("project_team_member", projectTeamMembers, unstamped(projectTeamMembers), ["case_id"]),
];

function sourceOf(
  entity: Entity,
  table: SQLiteTable,
  selection: Selection<Record<string, unknown>>,
  hidden: string[] = [],
): Source {
  const key = keyOf(table).filter((name) => name !== "org_id");
  const from = `SELECT ${selection.of("t")} FROM ${getTableName(table)} t WHERE t.org_id = ?1`;
  const order = `ORDER BY ${key.map((name) => `t.${name}`).join(", ")} LIMIT ${ROWS_PER_READ}`;
  const after = `(${key.map((name) => `t.${name}`).join(", ")}) > (${key.map((_, index) => `?${index + 2}`).join(", ")})`;
  return { entity, key, first: `${from} ${order}`, next: `${from} AND ${after} ${order}`, selection, hidden };
}

/** Every row a portal reads, table by table in the order of its keys. */
export async function* snapshotRows({ d1 }: Database, org: string): AsyncGenerator<SnapshotRow[], void> {
  for (const { entity, key, first, next, selection, hidden } of SOURCES) {
    let after: unknown[] | null = null;
    do {
      const statement: D1PreparedStatement =
        after === null ? d1.prepare(first).bind(org) : d1.prepare(next).bind(org, ...after);
      const { results }: D1Result<Record<string, unknown>> = await statement.all();
      const last: Record<string, unknown> | undefined = results.at(-1);
      after = last && results.length === ROWS_PER_READ ? key.map((name) => last[name]) : null;
      yield results.map((stored) => {
        const entity_id = key.map((name) => String(stored[name])).join(":");
        const row = Object.fromEntries(
          Object.entries(selection.read(stored)).filter(([name]) => !hidden.includes(name)),
        );
        return { entity, entity_id, row };
      });
    } while (after !== null);
  }
}
