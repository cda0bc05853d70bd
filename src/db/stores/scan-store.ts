import type { DeletableModel } from "../../domain/resources.ts";
import { type DerivationScope, scopeOf } from "../../domain/scope.ts";
import type { Database } from "../database.ts";
import { LIVE_PROJECT } from "../sql/facts.ts";

/** What a walk over the rows already here goes through, in the order of their ids. */
export type LocalScan = "cases" | "leads" | "contacts" | "team";

export interface ScanStore {
  /** The next ids after one; fewer than `limit` at the end. */
  idsAfter(org: string, walk: LocalScan, after: number, limit: number): Promise<number[]>;
  count(org: string, walk: LocalScan): Promise<number>;
  countLiveProjects(org: string): Promise<number>;
  anyPresentCase(org: string): Promise<boolean>;
  /** Cases that MyCase returned when they were last read. */
  countPresentCases(org: string): Promise<number>;
}

const FROM: Record<LocalScan, { model: DeletableModel; table: string; key: string; where: string }> = {
  cases: { model: "case", table: "mycase_cases", key: "id", where: "" },
  leads: { model: "lead", table: "mycase_leads", key: "id", where: "" },
  // Contacts on a case are derived with it; these have none.
  contacts: {
    model: "client",
    table: "contacts",
    key: "client_id",
    where: `AND NOT EXISTS (SELECT 1 FROM mycase_case_people e
WHERE e.org_id = t.org_id AND e.kind = 'client' AND e.person_id = t.client_id)`,
  },
  team: { model: "staff", table: "team_members", key: "staff_id", where: "" },
};

/** What a page of a scan derives. */
export function scopeOfScan(scan: LocalScan, ids: number[]): DerivationScope {
  return scopeOf(FROM[scan].model, ids);
}

export function createScanStore({ d1 }: Database): ScanStore {
  return {
    async idsAfter(org, walk, after, limit) {
      const { table, key, where } = FROM[walk];
      const sql = `SELECT t.${key} AS id FROM ${table} t WHERE t.org_id = ?1 AND t.${key} > ?2 ${where} ORDER BY t.${key} LIMIT ?3`;
      const { results } = await d1.prepare(sql).bind(org, after, limit).all<{ id: number }>();
      return results.map((row) => row.id);
    },
    async count(org, walk) {
      const { table, where } = FROM[walk];
      const row = await d1
        .prepare(`SELECT count(*) AS n FROM ${table} t WHERE t.org_id = ?1 ${where}`)
        .bind(org)
        .first<{ n: number }>();
      return row?.n ?? 0;
    },
    async countLiveProjects(org) {
      const sql = `SELECT count(*) AS n FROM projects p WHERE p.org_id = ?1 AND ${LIVE_PROJECT}`;
      return (await d1.prepare(sql).bind(org).first<{ n: number }>())?.n ?? 0;
    },
    async anyPresentCase(org) {
      const sql =
        "SELECT 1 AS n FROM mycase_cases WHERE org_id = ?1 AND state IN ('present', 'malformed', 'unreadable') LIMIT 1";
      return (await d1.prepare(sql).bind(org).first<{ n: number }>()) !== null;
    },
    async countPresentCases(org) {
      const sql =
        "SELECT count(*) AS n FROM mycase_cases WHERE org_id = ?1 AND state IN ('present', 'malformed', 'unreadable')";
      return (await d1.prepare(sql).bind(org).first<{ n: number }>())?.n ?? 0;
    },
  };
}
