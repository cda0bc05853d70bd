import { readCursor } from "../db/reads/cursor.ts";
import { Problem } from "./problem.ts";

/** The 400 of a cursor that no page of this list gave out. */
export function invalidCursor(): Problem {
  const errors = [{ path: "cursor", message: "must be a `next_cursor` of this list" }];
  return new Problem(400, "invalid_request", "Invalid cursor", { errors });
}

/** The id after which a page begins. */
export function idCursor(cursor: string | undefined): number {
  if (cursor === undefined) return 0;
  const key = readCursor(cursor);
  if (typeof key !== "number" || !Number.isSafeInteger(key)) throw invalidCursor();
  return key;
}

/** The text after which a page begins. */
export function textCursor(cursor: string | undefined): string | null {
  if (cursor === undefined) return null;
  const key = readCursor(cursor);
  if (typeof key !== "string") throw invalidCursor();
  return key;
}

/** The source and id after which a page of leads begins. */
export function leadCursor(cursor: string | undefined): [string, number] {
  if (cursor === undefined) return ["", 0];
  const key = readCursor(cursor);
  if (!Array.isArray(key) || typeof key[0] !== "string" || !Number.isSafeInteger(key[1])) throw invalidCursor();
  return [key[0], Number(key[1])];
}
