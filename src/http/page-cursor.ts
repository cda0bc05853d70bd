import { type Page, readCursor } from "../db/reads/cursor.ts";
import { Problem } from "./problems/problem.ts";

/** Lists that are paged by an opaque cursor, which names its list. */
export type PagedList =
  | "orgs"
  | "api-keys"
  | "mapping-versions"
  | "projects"
  | "contacts"
  | "leads"
  | "team-members"
  | "runs"
  | "dead-letters";

/** The 400 of a cursor that no page of this list gave out. */
export function invalidCursor(): Problem {
  const errors = [{ path: "cursor", message: "must be a `next_cursor` of this list" }];
  return new Problem(400, "invalid_request", "Invalid cursor", { errors });
}

/** A page whose cursor is valid for this list only. */
export function pageIn<T>(list: PagedList, { data, next_cursor }: Page<T>): Page<T> {
  return { data, next_cursor: next_cursor === null ? null : `${list}.${next_cursor}` };
}

/** The id after which a page starts. */
export function idCursor(list: PagedList, cursor: string | undefined): number {
  if (cursor === undefined) return 0;
  const key = keyIn(list, cursor);
  if (typeof key !== "number" || !Number.isSafeInteger(key)) throw invalidCursor();
  return key;
}

/** The text after which a page starts. */
export function textCursor(list: PagedList, cursor: string | undefined): string | null {
  if (cursor === undefined) return null;
  const key = keyIn(list, cursor);
  if (typeof key !== "string") throw invalidCursor();
  return key;
}

/** The source and id after which a page of leads starts. */
export function leadCursor(cursor: string | undefined): [string, number] {
  if (cursor === undefined) return ["", 0];
  const key = keyIn("leads", cursor);
  if (!Array.isArray(key) || typeof key[0] !== "string" || !Number.isSafeInteger(key[1])) throw invalidCursor();
  return [key[0], Number(key[1])];
}

function keyIn(list: PagedList, cursor: string): unknown {
  const prefix = `${list}.`;
  return cursor.startsWith(prefix) ? readCursor(cursor.slice(prefix.length)) : undefined;
}
