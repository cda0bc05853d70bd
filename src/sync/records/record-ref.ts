import type { RecordModel } from "../../domain/resources.ts";

/** A record to read again; `received_at` when an event announced it, ISO 8601 UTC, and `action` what it said. */
export interface RecordRef {
  model: RecordModel;
  id: number;
  received_at?: string | undefined;
  action?: string | null;
  /** How often it has been read again because it still showed after its `deleted` event. */
  deletion_rechecks?: number | undefined;
}

/** Whether an event said that the record is gone. */
export function announcesDeletion({ action, deletion_rechecks }: RecordRef): boolean {
  return action === "deleted" || deletion_rechecks !== undefined;
}
