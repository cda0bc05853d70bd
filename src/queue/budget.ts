import type { QueueMessage } from "../domain/queue-message.ts";
import type { Delivery, Folded, RecordGroup } from "./fold.ts";

/** Cloudflare allows an invocation 1,000 D1 queries and 1,000 subrequests; the rest is for work that takes more than usual. */
const MAX_QUERIES = 900;

/** D1 queries (a batch counts each of its statements) that one piece of work takes, measured; its subrequests are fewer. */
const QUERIES = { group: 35, record: 4, manual: 60, subscribe: 30, runStep: 110, unrecognised: 0 };

/** Splits a batch into what one invocation can do and what has to wait; what people wait for goes before runs. */
export function splitByBudget({ groups, single }: Folded): { now: Folded; later: Delivery[] } {
  const now: Folded = { groups: [], single: [] };
  const later: Delivery[] = [];
  let left = MAX_QUERIES;
  const fits = (queries: number, first: boolean) => {
    if (!first && queries > left) return false;
    left -= queries;
    return true;
  };
  const isFirst = () => now.groups.length + now.single.length === 0;
  for (const group of groups) {
    if (fits(queriesOfGroup(group), isFirst())) now.groups.push(group);
    else later.push(...group.records.flatMap(({ deliveries }) => deliveries));
  }
  const byUrgency = [...single].sort((a, b) => Number(isOfRun(a.message)) - Number(isOfRun(b.message)));
  for (const delivery of byUrgency) {
    if (fits(queriesOf(delivery.message), isFirst())) now.single.push(delivery);
    else later.push(delivery);
  }
  return { now, later };
}

/** Whether the message works at a run, which asks MyCase many times. */
export function isOfRun({ kind }: QueueMessage): boolean {
  return kind === "start" || kind === "run";
}

function queriesOfGroup({ records }: RecordGroup): number {
  return QUERIES.group + QUERIES.record * records.length;
}

function queriesOf(message: QueueMessage): number {
  switch (message.kind) {
    case "record":
      return QUERIES.manual;
    case "start":
    case "run":
      return QUERIES.runStep;
    case "subscribe":
      return QUERIES.subscribe;
    case "unrecognised":
      return QUERIES.unrecognised;
  }
}
