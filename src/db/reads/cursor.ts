import { fromBase64, toBase64Url } from "../../platform/encoding.ts";

/** Where a list goes on: opaque to the caller, the key of the last row to us. */
function writeCursor(key: unknown): string {
  return toBase64Url(new TextEncoder().encode(JSON.stringify(key)));
}

/** The key in a cursor; undefined when it is none of ours. */
export function readCursor(cursor: string): unknown {
  try {
    const bytes = fromBase64(cursor.replaceAll("-", "+").replaceAll("_", "/"));
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof DOMException) return undefined;
    throw error;
  }
}

export interface Page<T> {
  data: T[];
  next_cursor: string | null;
}

/** Cuts the rows, of which one more than `limit` was asked for, to a page. */
export function asPage<T>(rows: T[], limit: number, keyOf: (row: T) => unknown): Page<T> {
  const data = rows.slice(0, limit);
  const last = data.at(-1);
  return { data, next_cursor: rows.length > limit && last !== undefined ? writeCursor(keyOf(last)) : null };
}
