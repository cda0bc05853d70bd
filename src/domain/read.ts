import type { Model } from "./resources.ts";

/** One record as MyCase sent it, with the hash of its content. */
export interface ReadRecord {
  id: number;
  record: unknown;
  updated_at: string | null;
  hash: string;
  /** The record as its wire schema reads it, so that it need not be read from its text again. */
  parsed?: unknown;
}

/** Why an id that was asked for gave no record: 404, 403, an answer that cannot be used, or errors without end. */
export interface AbsentRecord {
  id: number;
  state: "deleted" | "not_visible" | "malformed" | "unreadable";
  /** Of an unreadable record: what MyCase answered last. */
  detail?: string;
}

/**
 * One finished read of MyCase: a record by id, or a page. `ticket` was drawn before the request left, so of two reads
 * the one with the higher ticket began later and is the fresher one, whenever they end (R62).
 */
export interface Read {
  model: Model;
  shape: "record" | "page";
  ticket: number;
  /** When it ended, ISO 8601 UTC. */
  at: string;
  records: ReadRecord[];
  absent: AbsentRecord[];
}

/** The ids that a read has an answer for. */
export function idsOf(read: Read): number[] {
  return [...read.records, ...read.absent].map(({ id }) => id);
}
