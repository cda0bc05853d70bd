import type { Failure } from "../../domain/failure.ts";
import type { Read } from "../../domain/read.ts";
import type { RecordModel } from "../../domain/resources.ts";
import type { MyCase } from "../../mycase/client/client.ts";
import { inParallel } from "../../platform/concurrency.ts";
import { ok, type Result } from "../../platform/result.ts";
import type { EventRef } from "./recent-reads.ts";

/** A record to look at again. */
export interface RecordRef extends EventRef {
  model: RecordModel;
}

/** What came of reading: for each want the read that answers it, or why there is none. */
export type Fetched = Map<RecordRef, Result<Read, Failure>>;

export const MAX_CONCURRENT_READS = 5; // a Worker may hold six connections open; one stays free for the database
const PAGE_READ_THRESHOLD = 5; // from so many of a kind on, a page of what changed lately is cheaper than a read for each
const PAGE_PER = 25; // a further page is asked for as long as it may save so many single reads
const LOOK_BACK_MS = 15_000; // MyCase's clock may be behind ours; what its page does not show is read by id

/** Reads each wanted record again: many of a kind by pages of what changed lately, what those do not show by id. */
export async function fetchRecords(mycase: MyCase, wants: RecordRef[]): Promise<Fetched> {
  const pulled: Fetched = new Map();
  for (const [model, events] of manyOfAKind(wants)) await pullPages(mycase, model, events, pulled);
  const rest = wants.filter((want) => !pulled.has(want));
  const answers = await inParallel(rest, MAX_CONCURRENT_READS, (want) => mycase.readRecord(want.model, want.id));
  rest.forEach((want, index) => {
    const answer = answers[index];
    if (answer) pulled.set(want, answer);
  });
  return pulled;
}

/** Wants that events asked for: only those have an hour from which to list. */
function manyOfAKind(wants: RecordRef[]): Map<RecordModel, RecordRef[]> {
  const byModel = new Map<RecordModel, RecordRef[]>();
  for (const want of wants) {
    if (want.received_at === undefined) continue;
    byModel.set(want.model, [...(byModel.get(want.model) ?? []), want]);
  }
  return new Map([...byModel].filter(([, events]) => events.length >= PAGE_READ_THRESHOLD));
}

/** What pages fail to show, for whatever reason, is left for reads by id, which say why. */
async function pullPages(mycase: MyCase, model: RecordModel, events: RecordRef[], pulled: Fetched): Promise<void> {
  const missing = new Map(events.map((want) => [want.id, want]));
  let at: Parameters<MyCase["readPage"]>[1] = { updatedAfter: lookBack(events) };
  for (let pages = 1; ; pages++) {
    const page = await mycase.readPage(model, at, new Set(missing.keys()));
    if (!page.ok) return;
    const read: Read = { ...page.value.read, shape: "record", absent: [] }; // what it shows unusable is asked for by id
    for (const { id } of read.records) {
      const want = missing.get(id);
      if (want) pulled.set(want, ok(read));
      missing.delete(id);
    }
    if (page.value.next === null || missing.size <= pages * PAGE_PER) return;
    at = { next: page.value.next };
  }
}

function lookBack(events: RecordRef[]): string {
  const first = Math.min(...events.map((want) => Date.parse(want.received_at ?? "")));
  return new Date(first - LOOK_BACK_MS).toISOString().replace(/\.\d{3}Z$/, "Z");
}
