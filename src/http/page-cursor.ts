import { readCursor } from "../db/reads/cursor.ts";
import { Problem } from "./problem.ts";

const REFUSED = () =>
  new Problem(400, "invalid_request", "This cursor is not one of ours.", {
    errors: [{ path: "cursor", message: "is unknown" }],
  });

/** The id after which a page begins. */
export function idCursor(cursor: string | undefined): number {
  if (cursor === undefined) return 0;
  const key = readCursor(cursor);
  if (typeof key !== "number" || !Number.isSafeInteger(key)) throw REFUSED();
  return key;
}

/** The text after which a page begins. */
export function textCursor(cursor: string | undefined): string | null {
  if (cursor === undefined) return null;
  const key = readCursor(cursor);
  if (typeof key !== "string") throw REFUSED();
  return key;
}

/** The source and id after which a page of leads begins. */
export function leadCursor(cursor: string | undefined): [string, number] {
  if (cursor === undefined) return ["", 0];
  const key = readCursor(cursor);
  if (Array.isArray(key) && typeof key[0] === "string" && Number.isSafeInteger(key[1])) return [key[0], Number(key[1])];
  throw REFUSED();
}
