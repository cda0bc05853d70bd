import { createHash } from "node:crypto";

/**
 * A hash of a JSON value that does not depend on the order of object keys, nor on that of arrays: MyCase promises no
 * order, and the same record must not look changed because it was shuffled.
 */
export function contentHash(value: unknown): string {
  return createHash("sha256").update(canonical(value)).digest("base64url").slice(0, 32);
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).sort().join(",")}]`;
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`);
    return `{${entries.sort().join(",")}}`;
  }
  return JSON.stringify(value) ?? "null";
}
