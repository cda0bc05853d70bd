import { Problem } from "./problem.ts";

/** A 404 that names what is missing: "Org not found". */
export function notFound(what: string, code = "not_found"): Problem {
  return new Problem(404, code, `${what} not found`);
}

/** What was looked up, or its 404. */
export function orNotFound<T>(value: T | null | undefined, what: string): T {
  if (value === null || value === undefined) throw notFound(what);
  return value;
}
