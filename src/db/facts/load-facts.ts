import type { DerivationScope } from "../../domain/scope.ts";
import { FACTS, type FactsRows } from "../sql/facts.ts";
import { factsOf, type LoadedFacts, type RecordParsers, type SentRecords } from "./typed-facts.ts";

type Name = keyof typeof FACTS;

const NAMES = Object.keys(FACTS) as Name[];

/** Loading one scope, in a batch of its own or at the end of another one. */
export interface FactsLoad {
  statements: D1PreparedStatement[];
  /** The facts from the results of a batch that ended with the statements. */
  read(results: D1Result<Record<string, unknown>>[]): LoadedFacts;
}

export interface FactsSource {
  d1: D1Database;
  parsers: RecordParsers;
  /** What has just been read, so that it need not be parsed from its text again. */
  sent: SentRecords;
}

export function loadFacts({ d1, parsers, sent }: FactsSource, org: string, scope: DerivationScope): FactsLoad {
  const names = namesFor(scope);
  const json = JSON.stringify(scope);
  return {
    statements: names.map((name) => d1.prepare(FACTS[name].sql).bind(org, json)),
    read(results) {
      const last = results.slice(-names.length);
      const rows = emptyRows();
      names.forEach((name, index) => {
        fill(rows, name, last[index]?.results ?? []);
      });
      return factsOf(rows, parsers, sent);
    },
  };
}

/** Where there is nothing to derive only the org is looked at: most pages of a poll are empty. */
function namesFor({ cases, clients, staff, leads }: DerivationScope): Name[] {
  return cases.length + clients.length + staff.length + leads.length > 0 ? NAMES : ["org"];
}

function emptyRows(): FactsRows {
  return {
    org: [],
    scope: [],
    cases: [],
    projects: [],
    contactLinks: [],
    teamLinks: [],
    caseLeads: [],
    outcomes: [],
    clients: [],
    contacts: [],
    linksOutsideScope: [],
    staff: [],
    teamMembers: [],
    leads: [],
    leadRows: [],
  };
}

function fill<K extends Name>(rows: FactsRows, name: K, results: Record<string, unknown>[]): void {
  const { read } = FACTS[name];
  for (const row of results) (rows[name] as unknown[]).push(read(row));
}
