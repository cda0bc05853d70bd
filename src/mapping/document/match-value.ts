import type { NearMiss, Value } from "../outcome.ts";
import { findNearMiss, indexNearMisses, type NearMissIndex } from "./near-miss.ts";
import type { MappedValue } from "./schema.ts";

/** Mapped values and what each one means. A value that two owners list means neither: not "exactly one". */
export interface ValueIndex<T> {
  targets: ReadonlyMap<string, T | null>;
  /** In the mapping's order. */
  expected: Value[];
  nearMisses: NearMissIndex | null;
}

// Numbers and booleans compare by their JSON text: whether MyCase sends true or "true" is not documented.
function comparable(value: string | number | boolean): string {
  return String(value);
}

/** Collects who owns which values. */
export function buildValueIndex<T>(owned: Iterable<readonly [T, readonly MappedValue[]]>): ValueIndex<T> {
  const owners = new Map<string, T | null>();
  const expected: Value[] = [];
  for (const [owner, values] of owned) {
    for (const value of values) {
      const text = comparable(value);
      const previous = owners.get(text);
      owners.set(text, previous === undefined || previous === owner ? owner : null);
      expected.push(value);
    }
  }
  return { targets: owners, expected, nearMisses: null };
}

/** What a value means: exact, case- and space-sensitive (R23, R54); null when nothing lists it, or it is blank. */
export function matchValue<T>(table: ValueIndex<T>, value: Value): T | null {
  return value === null ? null : (table.targets.get(comparable(value)) ?? null);
}

/** The mapped value that an unmapped one nearly is. The index is made at the first question and kept. */
export function nearMissOf<T>(table: ValueIndex<T>, value: Value): NearMiss | null {
  if (value === null) return null;
  table.nearMisses ??= indexNearMisses(table.targets.keys());
  return findNearMiss(table.nearMisses, comparable(value));
}
