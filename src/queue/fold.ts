import type { RecordJob, SyncJob } from "../domain/job.ts";

/** A message as it came, with its job. */
export interface Delivered<J extends SyncJob = SyncJob> {
  message: Message;
  job: J;
}

/** What a batch comes to: each distinct record once for each org, whatever the number of events about it. */
export interface Folded {
  /** By org: records that webhooks named, each with all the messages that did. */
  records: Map<string, { job: RecordJob; deliveries: Delivered<RecordJob>[] }[]>;
  /** Everything that is done by itself, in the order of arrival. */
  single: Delivered[];
}

/** Folds a batch. What a person asked for is done by itself, so that its job says what it did and no more. */
export function fold(delivered: Delivered[]): Folded {
  const records: Folded["records"] = new Map();
  const single: Delivered[] = [];
  for (const one of delivered) {
    if (!isFoldable(one)) {
      single.push(one);
      continue;
    }
    const own = records.get(one.job.org) ?? [];
    records.set(one.job.org, own);
    const same = own.find((other) => other.job.model === one.job.model && other.job.id === one.job.id);
    if (same) same.deliveries.push(one);
    else own.push({ job: one.job, deliveries: [one] });
  }
  return { records, single };
}

function isFoldable(one: Delivered): one is Delivered<RecordJob> {
  return one.job.kind === "record" && one.job.trigger !== "manual";
}
