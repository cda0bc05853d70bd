import type { Context } from "hono";
import { Problem } from "./problems/problem.ts";

/** The entity tag of a version of the mapping. */
export function versionTag(version: number): string {
  return `"${version}"`;
}

/** The version that `If-Match` requires; null without the header, or for `*`. Any other tag fails. */
export function expectedVersion(c: Context): number | null {
  const header = c.req.header("if-match")?.trim();
  if (header === undefined || header === "*") return null;
  const version = /^(?:W\/)?"(\d{1,15})"$/.exec(header)?.[1];
  if (version === undefined)
    throw new Problem(412, "precondition_failed", "If-Match must be the ETag of a mapping version");
  return Number(version);
}
