import { byId } from "../values.ts";
import { changedFields } from "./ledger.ts";

/** How a case's links have to change. */
export interface LinkChanges<T> {
  upsert: { before: T | null; after: T }[];
  remove: T[];
}

/** Compares a case's links before and after; both results ascend by the id of the linked person. */
export function compareLinks<T extends object>(
  before: readonly T[],
  after: readonly T[],
  idOf: (link: T) => number,
): LinkChanges<T> {
  const previous = new Map(before.map((link) => [idOf(link), link]));
  const wanted = new Set(after.map(idOf));
  const upsert: LinkChanges<T>["upsert"] = [];
  for (const link of byId(after, idOf)) {
    const old = previous.get(idOf(link)) ?? null;
    if (old === null || changedFields(old, link).length > 0) upsert.push({ before: old, after: link });
  }
  return { upsert, remove: byId(before, idOf).filter((link) => !wanted.has(idOf(link))) };
}
