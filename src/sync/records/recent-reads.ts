import type { Model } from "../../domain/resources.ts";
import { BoundedMap } from "../../platform/bounded-map.ts";
import { announcesDeletion, type RecordRef } from "./record-ref.ts";

interface RecordKey {
  model: Model;
  id: number;
}

/** Which records were read and saved lately, and when that read began: events received before it are already covered. */
export interface RecentReads {
  covers(org: string, ref: RecordRef): boolean;
  note(org: string, records: RecordKey[], beganAt: Date): void;
}

const CLOCK_SKEW_MS = 1_000; // receiver and consumer may run on different machines; the next poll repairs a misjudgement
const MAX_ENTRIES = 20_000; // an isolate has 128 MB; an entry takes about 100 bytes

/** Lives as long as the isolate; a forgotten read is only repeated. */
export function createRecentReads(): RecentReads {
  const beganAtMs = new BoundedMap<string, number>(MAX_ENTRIES);
  const keyOf = (org: string, { model, id }: RecordKey) => `${org} ${model} ${id}`;
  return {
    covers(org, ref) {
      const began = beganAtMs.get(keyOf(org, ref));
      if (began === undefined || ref.received_at === undefined || announcesDeletion(ref)) return false;
      return Date.parse(ref.received_at) + CLOCK_SKEW_MS <= began;
    },
    note(org, records, beganAt) {
      for (const record of records) {
        const key = keyOf(org, record);
        beganAtMs.set(key, Math.max(beganAtMs.get(key) ?? 0, beganAt.getTime()));
      }
    },
  };
}
