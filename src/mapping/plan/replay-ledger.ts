import type { Entity, LedgerEntry } from "./plan-types.ts";

/** Rows by entity and id, as the ledger tells them. */
export type Tables = Map<Entity, Map<string, Record<string, unknown>>>;

/** Rebuilds the tables from the ledger alone: `*` brings or takes a whole row, any other field changes one value. */
export function replayLedger(entries: Iterable<LedgerEntry>, tables: Tables = new Map()): Tables {
  for (const entry of entries) {
    const rows = tables.get(entry.entity) ?? new Map<string, Record<string, unknown>>();
    tables.set(entry.entity, rows);
    if (entry.field !== "*") rows.set(entry.entity_id, { ...rows.get(entry.entity_id), [entry.field]: entry.new });
    else if (entry.new === null) rows.delete(entry.entity_id);
    else rows.set(entry.entity_id, { ...(entry.new as Record<string, unknown>) });
  }
  return tables;
}
