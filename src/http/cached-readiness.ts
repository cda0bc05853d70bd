import { openDatabase } from "../db/database.ts";
import { databaseProblems } from "../db/reads/readiness.ts";

const FRESH_MS = 3_000; // the route is public, and each check costs a query

type Problems = Awaited<ReturnType<typeof databaseProblems>>;

const cache = new WeakMap<D1Database, { until: number; problems: Problems }>();

/** What the database lacks, looked up at most every few seconds. */
export async function cachedDatabaseProblems(d1: D1Database): Promise<Problems> {
  const cached = cache.get(d1);
  if (cached && cached.until > Date.now()) return cached.problems;
  const problems = await databaseProblems(openDatabase(d1));
  cache.set(d1, { until: Date.now() + FRESH_MS, problems });
  return problems;
}
