import type { World } from "../../support/world.ts";

export type Row = Record<string, unknown>;

/** The portal's tables, each by its key. */
export interface Tables {
  projects: Map<string, Row>;
  contacts: Map<string, Row>;
  team: Map<string, Row>;
  leads: Map<string, Row>;
  /** Who is linked, as rows by "case:person". */
  contactLinks: Map<string, Row>;
  teamLinks: Map<string, Row>;
}

export async function tablesOf(world: World): Promise<Tables> {
  return {
    projects: await keyed(world, "projects", "case_id"),
    contacts: await keyed(world, "contacts", "client_id"),
    team: await keyed(world, "team_members", "staff_id"),
    leads: await keyed(world, "leads", "source", "source_id"),
    contactLinks: await keyed(world, "project_contacts", "case_id", "client_id"),
    teamLinks: await keyed(world, "project_team_members", "case_id", "staff_id"),
  };
}

/** Without the org, and without the stamps that say when a row was written. */
async function keyed(world: World, table: string, ...keys: string[]): Promise<Map<string, Row>> {
  const rows = await world.rows(table);
  return new Map(
    rows.map(({ org_id: _, synced_at: __, version: ___, ...row }) => [keys.map((key) => row[key]).join(":"), row]),
  );
}

/** The rows of one case's links. */
export function linksOf(links: Map<string, Row>, caseId: number): Row[] {
  return [...links.values()].filter((row) => row.case_id === caseId);
}
