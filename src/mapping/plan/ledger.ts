import type { Entity, LedgerEntry } from "./plan-types.ts";

/** The fields in which two rows differ; both have the same shape, nested values compare by their JSON. */
export function changedFields<T extends object>(before: T, after: T): (keyof T & string)[] {
  const changed: (keyof T & string)[] = [];
  for (const field in after) if (!isSame(before[field], after[field])) changed.push(field);
  return changed;
}

function isSame(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== "object" || typeof b !== "object") return false;
  return JSON.stringify(a) === JSON.stringify(b);
}

/** The entries of a row that appeared or changed, field by field; none when it is the same. */
export function diffRow<T extends object>(entity: Entity, id: string, before: T | null, after: T): LedgerEntry[] {
  if (before === null) return [{ entity, entity_id: id, field: "*", old: null, new: after }];
  return changedFields(before, after).map((field) => ({
    entity,
    entity_id: id,
    field,
    old: before[field],
    new: after[field],
  }));
}

/** The entry of a row that went. */
export function removalEntry(entity: Entity, id: string, before: object): LedgerEntry {
  return { entity, entity_id: id, field: "*", old: before, new: null };
}
