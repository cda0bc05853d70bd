import type { QueueMessage, RecordMessage } from "../domain/queue-message.ts";

/** A delivery of the queue, with the message that it carries. */
export interface Delivery<M extends QueueMessage = QueueMessage> {
  raw: Message;
  message: M;
}

/** One record, with every delivery that names it. */
export interface FoldedRecord {
  message: RecordMessage;
  deliveries: Delivery<RecordMessage>[];
}

/** The distinct records of one org that one kind of trigger names. */
export interface RecordGroup {
  org: string;
  records: FoldedRecord[];
}

/** A batch with each record once, whatever the number of events about it. */
export interface Folded {
  groups: RecordGroup[];
  /** Everything that is worked by itself, in the order of arrival. */
  single: Delivery[];
}

/** Folds a batch. A manual resync is worked by itself, so that its result says what it did and no more. */
export function fold(deliveries: Delivery[]): Folded {
  const groups = new Map<string, RecordGroup>();
  const single: Delivery[] = [];
  for (const delivery of deliveries) {
    if (!isFoldable(delivery)) {
      single.push(delivery);
      continue;
    }
    const { org, trigger, model, id } = delivery.message;
    const group = groups.get(`${org} ${trigger}`) ?? { org, records: [] };
    groups.set(`${org} ${trigger}`, group);
    const record = group.records.find(({ message }) => message.model === model && message.id === id);
    if (record) addDelivery(record, delivery);
    else group.records.push({ message: delivery.message, deliveries: [delivery] });
  }
  return { groups: [...groups.values()], single };
}

/** The record has to be read after the latest of its events; that one of them was its deletion is not forgotten. */
function addDelivery(record: FoldedRecord, delivery: Delivery<RecordMessage>): void {
  record.deliveries.push(delivery);
  if (delivery.message.action === "deleted") record.message = { ...record.message, action: "deleted" };
  const { received_at } = delivery.message;
  const latest = record.message.received_at;
  if (latest === undefined || received_at === undefined) record.message = { ...record.message, received_at: undefined };
  else if (received_at > latest) record.message = { ...record.message, received_at };
}

function isFoldable(delivery: Delivery): delivery is Delivery<RecordMessage> {
  return delivery.message.kind === "record" && delivery.message.trigger !== "manual";
}
