import type { AbsentRecord, ReadRecord } from "../../domain/read.ts";
import type { Model } from "../../domain/resources.ts";
import { contentHash } from "../../platform/content-hash.ts";
import { yieldToEventLoop } from "../../platform/yield.ts";
import { mycaseId } from "../wire/lenient.ts";
import { RESOURCES } from "./resources.ts";

const YIELD_EVERY = 250;
const MAX_RECORD_BYTES = 1_900_000; // D1 refuses a row of 2,000,000 bytes

export interface ParsedPage {
  records: ReadRecord[];
  absent: AbsentRecord[];
  /** Records that cannot be used and have no usable id either. */
  unusable: number;
}

/** The record with its hash, or null when the schema of its kind refuses it or the database could not hold it. */
export function parseRecord(model: Model, body: unknown): ReadRecord | null {
  const parsed = RESOURCES[model].wire.safeParse(body);
  if (!parsed.success || isTooLarge(body)) return null;
  const { id, updated_at } = parsed.data as { id: number; updated_at: string | null };
  const hash = contentHash(RESOURCES[model].hashInput?.(body) ?? body);
  return { id, record: body, updated_at, hash, parsed: parsed.data };
}

function isTooLarge(body: unknown): boolean {
  return Buffer.byteLength(JSON.stringify(body)) > MAX_RECORD_BYTES;
}

/** The records of a page; one that is malformed never costs the others. */
export async function parsePage(model: Model, body: unknown[]): Promise<ParsedPage> {
  const records = new Map<number, ReadRecord>();
  const malformed = new Set<number>();
  let unusable = 0;
  for (const [index, item] of body.entries()) {
    if (index % YIELD_EVERY === YIELD_EVERY - 1) await yieldToEventLoop();
    const record = parseRecord(model, item);
    const id = record?.id ?? recordId(item);
    if (record) records.set(record.id, record);
    else if (id !== null) malformed.add(id);
    else unusable += 1;
  }
  const absent = [...malformed].filter((id) => !records.has(id)).map((id) => ({ id, state: "malformed" as const }));
  return { records: [...records.values()], absent, unusable };
}

/** The id of whatever MyCase listed; null when it has none that is usable. */
export function recordId(item: unknown): number | null {
  const id = mycaseId.safeParse((item as { id?: unknown } | null)?.id);
  return id.success ? id.data : null;
}
