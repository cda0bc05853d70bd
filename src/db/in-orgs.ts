import { type SQL, sql } from "drizzle-orm";
import type { SQLiteColumn } from "drizzle-orm/sqlite-core";

/** That a column names one of these orgs; one bound value, however many they are. */
export function inOrgs(column: SQLiteColumn, orgs: string[]): SQL {
  return sql`${column} IN (SELECT value FROM json_each(${JSON.stringify(orgs)}))`;
}
