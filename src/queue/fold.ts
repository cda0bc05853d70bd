import type { QueueMessage, RecordMessage } from "../domain/queue-message.ts";

/** A message as it came, with its job. */
export interface Delivered<J extends QueueMessage = QueueMessage> {
  message: Message;
  job: J;
}

export interface FoldedRecord {
  job: RecordMessage;
  deliveries: Delivered<RecordMessage>[];
}

/** What a batch comes to: each distinct record once for each org, whatever the number of events about it. */
export interface Folded {
  /** Records that events named, each with all the messages that did; one group for each org and kind of trigger. */
  records: { org: string; wanted: FoldedRecord[] }[];
  /** Everything that is done by itself, in the order of arrival. */
  single: Delivered[];
}

/** Folds a batch. What a person asked for is done by itself, so that its job says what it did and no more. */
export function fold(delivered: Delivered[]): Folded {
  const groups = new Map<string, Folded["records"][number]>();
  const single: Delivered[] = [];
  for (const one of delivered) {
    if (!isFoldable(one)) {
      single.push(one);
      continue;
    }
    const { org, trigger, model, id } = one.job;
    const group = groups.get(`${org} ${trigger}`) ?? { org, wanted: [] };
    groups.set(`${org} ${trigger}`, group);
    const same = group.wanted.find(({ job }) => job.model === model && job.id === id);
    if (same) addEvent(same, one);
    else group.wanted.push({ job: one.job, deliveries: [one] });
  }
  return { records: [...groups.values()], single };
}

/** The record has to be read after the latest of its events. */
function addEvent(folded: FoldedRecord, one: Delivered<RecordMessage>): void {
  folded.deliveries.push(one);
  const { received_at } = one.job;
  const known = folded.job.received_at;
  if (known === undefined || received_at === undefined) folded.job = { ...folded.job, received_at: undefined };
  else if (received_at > known) folded.job = { ...folded.job, received_at };
}

function isFoldable(one: Delivered): one is Delivered<RecordMessage> {
  return one.job.kind === "record" && one.job.trigger !== "manual";
}
