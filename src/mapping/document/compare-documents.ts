import type { MappingDocument } from "./schema.ts";

/** One place in which two mappings differ; null where one has nothing. */
export interface DocumentDifference {
  path: string;
  from: unknown;
  to: unknown;
}

/** Every place in which one mapping differs from another, in the order of the document. */
export function compareDocuments(from: MappingDocument, to: MappingDocument): DocumentDifference[] {
  return compare("", from, to);
}

function compare(path: string, from: unknown, to: unknown): DocumentDifference[] {
  if (isTree(from) && isTree(to) && Array.isArray(from) === Array.isArray(to)) {
    const keys = [...new Set([...Object.keys(from), ...Object.keys(to)])];
    return keys.flatMap((key) => compare(path === "" ? key : `${path}.${key}`, from[key], to[key]));
  }
  if (Object.is(from, to)) return [];
  return [{ path, from: from ?? null, to: to ?? null }];
}

function isTree(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
