import type { World } from "./world.ts";

const DERIVED = ["projects", "project_contacts", "project_team_members", "contacts", "team_members", "leads"];

/** The rows that a portal reads, without the org and the times at which they were written. */
export async function portalRows(world: World): Promise<Record<string, unknown[]>> {
  const tables: Record<string, unknown[]> = {};
  for (const table of DERIVED) {
    const rows = (await world.rows(table)).map(({ org_id: _, synced_at: __, version: ___, unlinked_at, ...row }) => ({
      ...row,
      unlinked: unlinked_at !== null && unlinked_at !== undefined,
    }));
    tables[table] = rows.sort((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b)));
  }
  return tables;
}
