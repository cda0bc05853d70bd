import type { Read } from "../../domain/read.ts";
import type { Model } from "../../domain/resources.ts";
import { bumpRevision, type Commit, type Committed, commit } from "../commit/commit.ts";
import { type Database, rowsChanged } from "../database.ts";
import { type DerivationScope, type LoadedRows, loadedRows, loadStatements } from "../facts/load.ts";
import { type MissedWebhookProbe, missedWebhookStatements } from "../mirror/missed-webhooks.ts";
import { saveReadsStatements } from "../mirror/save-reads.ts";

export interface SavedAndLoaded {
  /** Reads that another, later one may have overtaken without a trace; they must be read again. */
  stale: Read[];
  rowsWritten: number;
  /** Of what was kept, how much no webhook had told of; 0 when nobody asked. */
  missed: number;
  rows: LoadedRows;
}

/** What pull, derive and save need of the database. Every verb takes the org first. */
export interface SyncStore {
  /**
   * Keeps the reads in the mirror and loads the scope, in one transaction: the facts include what was just kept. With a
   * meter it counts what webhooks missed of it.
   */
  absorb(
    org: string,
    reads: Read[],
    scope: DerivationScope,
    meter?: MissedWebhookProbe | null,
  ): Promise<SavedAndLoaded>;
  commit(org: string, work: Commit): Promise<Committed>;
}

export function createSyncStore(db: Database): SyncStore {
  return {
    async absorb(org, reads, scope, meter = null) {
      const kept = reads.map((read) => saveReadsStatements(db.d1, org, read));
      const fences = reads.map((read) => fenced(db.d1, org, read));
      const keeping = reads.length > 0 ? [bumpRevision(db.d1, org), ...kept.flat()] : [];
      const misses = meter ? reads.flatMap((read) => missedWebhookStatements(db.d1, org, read, meter)) : [];
      const all = await db.batch([...misses, ...keeping, ...fences, ...loadStatements(db.d1, org, scope)]);
      const results = all.slice(misses.length);
      const answers = results.slice(keeping.length, keeping.length + fences.length);
      return {
        stale: reads.filter((_, index) => answers[index]?.results[0]?.stale === 1),
        rowsWritten: rowsChanged(mirrorWrites(results.slice(1, keeping.length), kept)),
        missed: all.slice(0, misses.length).reduce((sum, one) => sum + Number(one.results[0]?.missed ?? 0), 0),
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
function mirrorWrites(results: D1Result<unknown>[], kept: D1PreparedStatement[][]): D1Result<unknown>[] {
  let start = 0;
  return kept.flatMap((statements) => {
    const own = results.slice(start, start + statements.length - 1);
    start += statements.length;
    return own;
  });
}

function fenced(d1: D1Database, org: string, read: Read): D1PreparedStatement {
  return d1
    .prepare("SELECT coalesce((SELECT ticket FROM read_fences WHERE org_id = ?1 AND model = ?2), 0) > ?3 AS stale")
    .bind(org, read.model, read.ticket);
}
