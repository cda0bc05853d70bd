import type { Read } from "../../domain/read.ts";
import type { Model } from "../../domain/resources.ts";
import type { DerivationScope } from "../../domain/scope.ts";
import { bumpRevision, type Commit, type Committed, commit } from "../commit/commit.ts";
import { type Database, rowsChanged } from "../database.ts";
import { type LoadedRows, loadedRows, loadStatements } from "../facts/load.ts";
import { type MissedWebhookProbe, missedWebhookStatements } from "../mirror/missed-webhooks.ts";
import { saveReadsStatements } from "../mirror/save-reads.ts";
import { clearFailuresStatement } from "./record-failure-store.ts";

export interface SavedReads {
  /** Reads that another, later one may have overtaken without a trace; they must be read again. */
  stale: Read[];
  rowsWritten: number;
  /** How many of the saved changes no webhook announced; 0 without a probe. */
  missed: number;
  rows: LoadedRows;
}

/** What fetching, deriving and committing need of the database. Every verb takes the org first. */
export interface SyncStore {
  load(org: string, scope: DerivationScope): Promise<LoadedRows>;
  /** Saves the reads in the mirror and loads the scope, in one transaction: the facts include what was just saved. */
  saveReads(
    org: string,
    reads: Read[],
    options: { scope: DerivationScope; probe?: MissedWebhookProbe | null },
  ): Promise<SavedReads>;
  commit(org: string, work: Commit): Promise<Committed>;
}

export function createSyncStore(db: Database): SyncStore {
  return {
    async load(org, scope) {
      return loadedRows(await db.batch(loadStatements(db.d1, org, scope)), scope);
    },

    async saveReads(org, reads, { scope, probe = null }) {
      const saves = reads.map((read) => saveReadsStatements(db.d1, org, read));
      const saving = reads.length > 0 ? [bumpRevision(db.d1, org), ...saves.flat()] : [];
      const fences = reads.map((read) => fenceQuery(db.d1, org, read));
      const misses = probe ? reads.flatMap((read) => missedWebhookStatements(db.d1, org, read, probe)) : [];
      const cleared = reads.map((read) => clearFailuresStatement(db.d1, org, read));
      const all = await db.batch([...misses, ...saving, ...fences, ...cleared, ...loadStatements(db.d1, org, scope)]);
      const results = all.slice(misses.length);
      const overtaken = results.slice(saving.length, saving.length + fences.length);
      return {
        stale: reads.filter((_, index) => overtaken[index]?.results[0]?.stale === 1),
        rowsWritten: rowsChanged(mirrorWrites(results.slice(1, saving.length), saves)),
        missed: all.slice(0, misses.length).reduce((sum, { results: [row] }) => sum + Number(row?.missed ?? 0), 0),
        rows: withParsed(loadedRows(results, scope), reads),
      };
    },

    commit: (org, work) => commit(db, org, work),
  };
}

/** Rows that hold what was just read need not be read from their text again: equal hashes, equal content. */
function withParsed(rows: LoadedRows, reads: Read[]): LoadedRows {
  const mirrored: Partial<Record<Model, LoadedRows[keyof LoadedRows]>> = {
    case: rows.cases,
    client: rows.clients,
    staff: rows.staff,
    lead: rows.leads,
  };
  for (const { model, records } of reads) {
    const known = new Map(records.map((record) => [record.id, record]));
    for (const row of (mirrored[model] ?? []) as Record<string, unknown>[]) {
      const record = known.get(Number(row.id));
      if (record && record.hash === row.hash) row.parsed = record.parsed;
    }
  }
  return rows;
}

/** Without the last statement of each read, which is the fence or the touch: bookkeeping. */
function mirrorWrites(results: D1Result<unknown>[], saves: D1PreparedStatement[][]): D1Result<unknown>[] {
  let start = 0;
  return saves.flatMap((statements) => {
    const written = results.slice(start, start + statements.length - 1);
    start += statements.length;
    return written;
  });
}

function fenceQuery(d1: D1Database, org: string, read: Read): D1PreparedStatement {
  return d1
    .prepare("SELECT coalesce((SELECT ticket FROM read_fences WHERE org_id = ?1 AND model = ?2), 0) > ?3 AS stale")
    .bind(org, read.model, read.ticket);
}
