import { errorName } from "../../platform/errors.ts";
import type { Database } from "../database.ts";

/** What is missing before the database can be used; empty when nothing is. */
export async function databaseProblems({ d1 }: Database): Promise<{ name: string; message: string }[]> {
  try {
    const { results } = await d1
      .prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name IN ('orgs', 'changes', 'commit_guard')")
      .all();
    if (results.length === 3) return [];
    return [{ name: "migrations", message: "have not been applied to the database" }];
  } catch (error) {
    return [{ name: "DB", message: `cannot be reached (${errorName(error)})` }];
  }
}
