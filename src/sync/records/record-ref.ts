import type { RecordModel } from "../../domain/resources.ts";

/** A record to read again; `received_at` when an event announced it, ISO 8601 UTC. */
export interface RecordRef {
  model: RecordModel;
  id: number;
  received_at?: string | undefined;
}
