import { createHash } from "node:crypto";

/**
 * A hash of a JSON value that does not depend on the order of object keys, nor on that of arrays: MyCase promises no
 * order, and the same record must not look changed because it was shuffled.
 */
export function contentHash(value: unknown): string {
  return createHash("sha256").update(canonical(value)).digest("base64url").slice(0, 32);
}

/** Every record of a page goes through here: plain loops and few allocations are worth their looks. */
function canonical(value: unknown): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  if (Array.isArray(value)) {
    if (value.length < 2) return value.length === 0 ? "[]" : `[${canonical(value[0])}]`;
    return `[${value.map(canonical).sort().join(",")}]`;
  }
  const record = value as Record<string, unknown>;
  let text = "{";
  for (const key of Object.keys(record).sort()) text += `${JSON.stringify(key)}:${canonical(record[key])},`;
  return `${text}}`;
}
