import type { Entity, LedgerEntry } from "../../../src/mapping/plan/plan-types.ts";
import { type Tables as Rebuilt, replayLedger } from "../../../src/mapping/plan/replay-ledger.ts";
import { Divergence, differences } from "./divergence.ts";
import type { Tables } from "./stored.ts";

const KEYS: Record<keyof Tables, [Entity, (row: never) => string]> = {
  projects: ["project", (row: { case_id: number }) => String(row.case_id)],
  project_contacts: [
    "project_contact",
    (row: { case_id: number; client_id: number }) => `${row.case_id}:${row.client_id}`,
  ],
  project_team_members: [
    "project_team_member",
    (row: { case_id: number; staff_id: number }) => `${row.case_id}:${row.staff_id}`,
  ],
  contacts: ["contact", (row: { client_id: number }) => String(row.client_id)],
  team_members: ["team_member", (row: { staff_id: number }) => String(row.staff_id)],
  leads: ["lead", (row: { source: string; source_id: number }) => `${row.source}:${row.source_id}`],
};

/** The ledger of one org, followed entry by entry: each begins where the one before it ended, and all lead to the tables. */
export class LedgerChain {
  /** The `seq` of the last entry followed. */
  last = 0;
  private readonly rebuilt: Rebuilt = new Map();

  follow(changes: Record<string, unknown>[]): void {
    for (const row of changes) {
      if (row.seq !== this.last + 1)
        throw new Divergence("the numbers of the ledger have a gap, or go back", { row, last: this.last });
      const entry = asEntry(row);
      const rebuilt = this.rebuilt.get(entry.entity)?.get(entry.entity_id);
      const before = entry.field === "*" ? (rebuilt ?? null) : rebuilt?.[entry.field];
      const jump = differences(before, entry.old);
      if (jump.length > 0)
        throw new Divergence("a ledger entry does not begin where the one before it ended", { row, jump });
      replayLedger([entry], this.rebuilt);
      this.last = Number(row.seq);
    }
  }

  expectTables(tables: Tables): void {
    for (const name of Object.keys(KEYS) as (keyof Tables)[]) {
      const [entity, keyOf] = KEYS[name];
      const rows: object[] = tables[name];
      const inTable = Object.fromEntries(rows.map((row) => [keyOf(row as never), withoutCase(entity, row)]));
      const inLedger = Object.fromEntries(this.rebuilt.get(entity) ?? []);
      const differing = differences(inTable, inLedger);
      if (differing.length > 0) throw new Divergence(`the ledger does not rebuild ${name} (table | ledger)`, differing);
    }
  }
}

/** The entries of links do not repeat the case, which their id names. */
function withoutCase(entity: Entity, row: object): object {
  if (entity !== "project_contact" && entity !== "project_team_member") return row;
  const { case_id: _, ...link } = row as { case_id: number };
  return link;
}

function asEntry(row: Record<string, unknown>): LedgerEntry {
  const value = (text: unknown) => (text === null ? null : JSON.parse(String(text)));
  return {
    entity: row.entity as Entity,
    entity_id: String(row.entity_id),
    field: String(row.field),
    old: value(row.old_value),
    new: value(row.new_value),
  };
}
