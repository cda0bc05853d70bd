import type { Read } from "../../domain/read.ts";
import type { DerivationScope } from "../../domain/scope.ts";
import { commit } from "../commit/commit.ts";
import type { Commit } from "../commit/commit-types.ts";
import { type Database, rowsChanged } from "../database.ts";
import { loadFacts } from "../facts/load-facts.ts";
import { type LoadedFacts, type RecordParsers, sentRecords } from "../facts/typed-facts.ts";
import { type MissedWebhookProbe, missedWebhookStatements } from "../mirror/missed-webhooks.ts";
import { fenceUnseenStatements, saveReadsStatements } from "../mirror/save-reads.ts";
import { bumpRevision } from "../org-clock.ts";
import { IS_FENCED } from "../sql/mirror.ts";
import { clearFailuresStatement } from "./record-failure-store.ts";

export interface SavedReads {
  /** Reads that another, later one may have overtaken without a trace; they must be read again. */
  stale: Read[];
  rowsWritten: number;
  /** How many of the saved changes no webhook announced; 0 without a probe. */
  missed: number;
  loaded: LoadedFacts;
}

export type SyncStore = ReturnType<typeof createSyncStore>;

/** What fetching, deriving and committing need of the database. Every verb takes the org first. */
export function createSyncStore(db: Database, parsers: RecordParsers) {
  const { d1 } = db;
  return {
    async load(org: string, scope: DerivationScope): Promise<LoadedFacts> {
      const load = loadFacts({ d1, parsers, sent: new Map() }, org, scope);
      return load.read(await db.batch(load.statements));
    },

    /** Saves the reads in the mirror and loads the scope, in one transaction: the facts include what was just saved. */
    async saveReads(
      org: string,
      reads: Read[],
      { scope, probe = null }: { scope: DerivationScope; probe?: MissedWebhookProbe | null },
    ): Promise<SavedReads> {
      const saves = reads.map((read) => saveReadsStatements(d1, org, read));
      const saving = reads.length > 0 ? [bumpRevision(d1, org), ...saves.flat()] : [];
      const fences = reads.map((read) => d1.prepare(IS_FENCED).bind(org, read.model, read.ticket));
      const misses = probe ? reads.flatMap((read) => missedWebhookStatements(d1, org, read, probe)) : [];
      const cleared = reads.map((read) => clearFailuresStatement(d1, org, read));
      const unseen = reads.flatMap((read) => fenceUnseenStatements(d1, org, read));
      const load = loadFacts({ d1, parsers, sent: sentRecords(reads) }, org, scope);
      const all = await db.batch([...misses, ...saving, ...fences, ...cleared, ...unseen, ...load.statements]);
      const results = all.slice(misses.length);
      const fenced = results.slice(saving.length, saving.length + fences.length);
      return {
        stale: reads.filter((_, index) => fenced[index]?.results[0]?.stale === 1),
        rowsWritten: rowsChanged(mirrorWrites(results.slice(1, saving.length), saves)),
        missed: all.slice(0, misses.length).reduce((sum, { results: [row] }) => sum + Number(row?.missed ?? 0), 0),
        loaded: load.read(results),
      };
    },

    commit: (org: string, work: Commit) => commit(db, org, work),
  };
}

/** Without the last statement of each read, the fence or the touch, which no figure counts. */
function mirrorWrites(results: D1Result<unknown>[], saves: D1PreparedStatement[][]): D1Result<unknown>[] {
  let start = 0;
  return saves.flatMap((statements) => {
    const written = results.slice(start, start + statements.length - 1);
    start += statements.length;
    return written;
  });
}
