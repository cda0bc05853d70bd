/** A record to look at again; `received_at` when an event asked for it, ISO 8601 UTC. */
export interface EventRef {
  model: string;
  id: number;
  received_at?: string | undefined;
}

/** Which records were read and saved lately, and when that read began: an event from before needs no other one. */
export interface RecentReads {
  covers(org: string, asked: EventRef): boolean;
  note(org: string, records: { model: string; id: number }[], beganAt: Date): void;
}

const CLOCK_SKEW_MS = 1_000; // door and consumer may run on different machines; the next poll mends what this misjudges
const MAX_ENTRIES = 20_000; // an isolate has 128 MB; an entry has about 100 bytes

/** Remembers for as long as the isolate lives; whatever it forgets is read once more. */
export function createRecentReads(): RecentReads {
  const beganAtMs = new Map<string, number>();
  const keyOf = (org: string, { model, id }: { model: string; id: number }) => `${org} ${model} ${id}`;
  return {
    covers(org, asked) {
      const began = beganAtMs.get(keyOf(org, asked));
      if (began === undefined || asked.received_at === undefined) return false;
      return Date.parse(asked.received_at) + CLOCK_SKEW_MS <= began;
    },
    note(org, records, beganAt) {
      for (const record of records) {
        const key = keyOf(org, record);
        const known = beganAtMs.get(key) ?? 0;
        beganAtMs.delete(key); // so that the oldest notes stand first
        beganAtMs.set(key, Math.max(known, beganAt.getTime()));
      }
      for (const key of beganAtMs.keys()) {
        if (beganAtMs.size <= MAX_ENTRIES) return;
        beganAtMs.delete(key);
      }
    },
  };
}
